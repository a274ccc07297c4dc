package io.github.kubewicket.server.transport;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// The session of a stdio server: the SDK's, fed with requests that the guard let in, on the thread
/// of each.
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

  /// A session that is initialized: the greeting was answered, and the client is ready for more.
  StdioSession(Wire wire, InFlight inFlight, Methods methods, McpSchema.Implementation client) {
    this.wire = wire;
    this.inFlight = inFlight;
    this.session =
        new McpServerSession(
            "stdio",
            TIMEOUT,
            this,
            _ -> Mono.error(new IllegalStateException("the guard answers initialize")),
            methods.byName(),
            Map.of(McpSchema.METHOD_NOTIFICATION_INITIALIZED, (_, _) -> Mono.empty()));
    session.init(new McpSchema.ClientCapabilities(null, null, null, null), client);
    session
        .handle(
            new McpSchema.JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED, Map.of()))
        .subscribe();
  }

  /// The request that a handler was called for.
  static Pending pending(McpTransportContext context) {
    return (Pending) context.get(PENDING);
  }

  /// Answers a request before it returns, exactly once unless it is cancelled.
  void answer(Pending pending) {
    Message.Request request = pending.request();
    McpTransportContext context = McpTransportContext.create(Map.of(PENDING, pending));
    try {
      session
          .handle(
              new McpSchema.JSONRPCRequest(
                  request.method(), request.id().value(), request.params()))
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
    return Mono.fromRunnable(() -> send(message));
  }

  private void send(McpSchema.JSONRPCMessage message) {
    if (message instanceof McpSchema.JSONRPCResponse reply) {
      RequestId id = new RequestId(reply.id());
      if (inFlight.find(id).filter(Pending::claimAnswer).isPresent()) {
        answer(id, reply);
      }
    } else if (message instanceof McpSchema.JSONRPCNotification note) {
      wire.notification(note.method(), (JsonNode) note.params());
    } else {
      throw new IllegalStateException("this server asks its client nothing");
    }
  }

  private void answer(RequestId id, McpSchema.JSONRPCResponse reply) {
    if (reply.error() == null) {
      wire.result(id, (JsonNode) reply.result());
    } else {
      wire.error(Optional.of(id), reply.error().code(), reply.error().message());
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    throw new UnsupportedOperationException("parameters stay trees, and nothing is asked");
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
