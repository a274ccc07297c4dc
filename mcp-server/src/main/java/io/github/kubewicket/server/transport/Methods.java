package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The methods of a session: `tools/list` and `tools/call`, as the SDK calls them.
final class Methods {
  private static final Logger LOG = LoggerFactory.getLogger(Methods.class);
  private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final int MAX_CLIENT = 200;
  private static final int MAX_FRAMES = 8;

  private final Future<Calls> calls;
  private final Caller caller;
  private final Wire wire;

  /// Answers once `calls` is there; tells progress over `wire`.
  Methods(Future<Calls> calls, Caller caller, Wire wire) {
    this.calls = calls;
    this.caller = caller;
    this.wire = wire;
  }

  /// The methods by name. Parameters and results are JSON trees.
  Map<String, McpRequestHandler<?>> byName() {
    McpRequestHandler<ObjectNode> list = (_, _) -> answer(() -> Tools.list(ready().listed(caller)));
    McpRequestHandler<ObjectNode> call =
        (exchange, params) -> answer(() -> call(exchange, (JsonNode) params));
    return Map.of(McpSchema.METHOD_TOOLS_LIST, list, McpSchema.METHOD_TOOLS_CALL, call);
  }

  private ObjectNode call(McpAsyncServerExchange exchange, JsonNode params)
      throws InterruptedException {
    String name = params.path("name").asString("");
    // A name that no tool can have is a malformed request. Any other goes to the call path, whose
    // refusal says more to a model than a protocol error, and is on the record.
    if (!TOOL_NAME.matcher(name).matches()) {
      throw error(McpSchema.ErrorCodes.INVALID_PARAMS, "\"name\" has to be the name of a tool.");
    }
    JsonNode arguments =
        params.hasNonNull("arguments")
            ? params.path("arguments")
            : JsonNodeFactory.instance.objectNode();
    Request request =
        new Request(caller, client(exchange), name, arguments, progress(exchange, params));
    return Tools.result(ready().run(request));
  }

  private Calls ready() throws InterruptedException {
    try {
      return calls.get();
    } catch (ExecutionException e) {
      LOG.error("The tools could not be made ready", e.getCause());
      throw error(
          McpSchema.ErrorCodes.INTERNAL_ERROR,
          "The server could not make its tools ready; its log on stderr says why.");
    }
  }

  private Progress progress(McpAsyncServerExchange exchange, JsonNode params) {
    Pending pending = StdioSession.pending(exchange.transportContext());
    return RequestId.of(params.path("_meta").path("progressToken"))
        .<Progress>map(token -> new ProgressNotifications(wire, token, pending))
        .orElse(Progress.NONE);
  }

  private static String client(McpAsyncServerExchange exchange) {
    McpSchema.Implementation client = exchange.getClientInfo();
    String name = (client.name() + "/" + client.version()).replaceAll("\\p{C}", "?");
    return name.length() <= MAX_CLIENT ? name : name.substring(0, MAX_CLIENT);
  }

  /// An answer in which nothing but our own words reaches the client.
  private static Mono<ObjectNode> answer(Callable<ObjectNode> work) {
    return Mono.fromCallable(() -> {
      try {
        return work.call();
      } catch (Throwable e) {
        // Errors too: Reactor would log them whole and leave the request to the guard.
        throw inOurWords(e);
      }
    });
  }

  private static McpError inOurWords(Throwable failure) {
    if (failure instanceof McpError ours) {
      return ours;
    }
    if (failure instanceof InterruptedException) {
      return error(McpSchema.ErrorCodes.INTERNAL_ERROR, "The request was stopped.");
    }
    // Without the message: it may quote what a tool saw.
    LOG.error(
        "{} at {}",
        failure.getClass().getName(),
        Arrays.stream(failure.getStackTrace()).limit(MAX_FRAMES).toList());
    return error(
        McpSchema.ErrorCodes.INTERNAL_ERROR,
        "The request failed inside the server; its log on stderr says where.");
  }

  private static McpError error(int code, String message) {
    return McpError.builder(code).message(message).build();
  }
}
