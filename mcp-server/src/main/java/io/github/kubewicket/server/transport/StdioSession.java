package io.github.kubewicket.server.transport;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;

/// The one session of a stdio server: the SDK's session, fed with requests that the guard let in,
/// on the thread of each.
///
/// It is a transport of our own instead of the SDK's `StdioServerTransportProvider`, which ends at
/// the first bad line, loses replies at the end of input, and cannot tell a handler its request.
final class StdioSession implements McpServerTransport {
  private static final Logger LOG = LoggerFactory.getLogger(StdioSession.class);
  private static final String PENDING = "pending";

  /// Bounds requests to the client, of which there are none.
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Wire wire;
  private final InFlight inFlight;
  private final McpServerSession session;
  private volatile boolean greeted;

  StdioSession(Wire wire, InFlight inFlight, Methods methods) {
    this.wire = wire;
    this.inFlight = inFlight;
    this.session =
        new McpServerSession(
            "stdio",
            TIMEOUT,
            this,
            request -> methods.initialize(request).doOnNext(_ -> greeted = true),
            methods.byName(),
            Map.of(McpSchema.METHOD_NOTIFICATION_INITIALIZED, (_, _) -> Mono.empty()));
  }

  /// The request that a handler was called for.
  static Pending pending(McpTransportContext context) {
    return (Pending) context.get(PENDING);
  }

  /// Answers `initialize` before it returns.
  ///
  /// @return whether client and server now know each other
  boolean initialize(Frame.Request request) {
    session.handle(message(request)).subscribe(_ -> {}, failure -> failed(request, failure));
    return greeted;
  }

  /// The client is ready for more.
  void initialized() {
    session
        .handle(
            new McpSchema.JSONRPCNotification(
                McpSchema.METHOD_NOTIFICATION_INITIALIZED, JsonNodeFactory.instance.objectNode()))
        .subscribe();
  }

  /// Answers a request before it returns, exactly once, unless it is cancelled.
  void answer(Pending pending) {
    McpTransportContext context = McpTransportContext.create(Map.of(PENDING, pending));
    try {
      session
          .handle(message(pending.request()))
          .contextWrite(with -> with.put(McpTransportContext.KEY, context))
          .subscribe(_ -> {}, failure -> LOG.error("No answer: {}", failure.getClass().getName()));
    } finally {
      if (pending.claimAnswer()) {
        wire.error(
            Optional.of(pending.id()),
            McpSchema.ErrorCodes.INTERNAL_ERROR,
            "The server found no answer; its log on stderr says why.");
      }
    }
  }

  @Override
  public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
    return Mono.fromRunnable(() -> {
      String json = Json.MAPPER.writeValueAsString(message);
      if (!(message instanceof McpSchema.JSONRPCResponse reply) || mayAnswer(reply)) {
        wire.send(json);
      }
    });
  }

  private boolean mayAnswer(McpSchema.JSONRPCResponse reply) {
    String key = Json.MAPPER.valueToTree(reply.id()).toString();
    return inFlight.find(key).map(Pending::claimAnswer).orElse(true);
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    try {
      return Json.MAPPER.convertValue(data, Json.MAPPER.constructType(type.getType()));
    } catch (JacksonException | IllegalArgumentException e) {
      throw McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
          .message("The params do not fit the method.")
          .build();
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  private void failed(Frame.Request request, Throwable failure) {
    LOG.error("No answer to {}: {}", request.method(), failure.getClass().getName());
    wire.error(
        Optional.of(request.id()),
        McpSchema.ErrorCodes.INTERNAL_ERROR,
        "The server found no answer; its log on stderr says why.");
  }

  private static McpSchema.JSONRPCRequest message(Frame.Request request) {
    return new McpSchema.JSONRPCRequest(request.method(), request.id().value(), request.params());
  }
}
