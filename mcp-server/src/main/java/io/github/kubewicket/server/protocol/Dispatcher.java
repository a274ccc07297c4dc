package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// From a method's name to its answer: the part that both eras share. Nothing but our own words
/// leaves it, whatever fails.
public final class Dispatcher {
  private static final int MAX_TOOL_NAME = 128;
  private static final int MAX_URI = 2_048;
  private static final int MAX_FRAMES = 8;

  private final Future<? extends Surface> surface;

  /// Answers once `surface` is there; a client does not wait for it to be greeted.
  public Dispatcher(Future<? extends Surface> surface) {
    this.surface = surface;
  }

  /// Whether this method only reads what is in memory, so that it needs no thread of its own.
  public static boolean isQuick(String method) {
    return switch (method) {
      case "tools/call", "resources/read", "prompts/get", "completion/complete" -> false;
      default -> true;
    };
  }

  /// The answer to a request, on the calling thread. Never throws; an interrupt cancels it.
  public Answer answer(String method, ObjectNode params, Exchange exchange) {
    try {
      return switch (method) {
        case "tools/list" -> unpaged(params, ready().tools(exchange.caller()));
        case "resources/list" -> unpaged(params, ready().resources(exchange.caller()));
        case "resources/templates/list" -> unpaged(params, ready().templates(exchange.caller()));
        case "prompts/list" -> unpaged(params, ready().prompts(exchange.caller()));
        case "tools/call" -> call(params, exchange);
        case "resources/read" -> read(params, exchange);
        case "prompts/get" -> prompt(params, exchange);
        case "completion/complete" -> ready().complete(exchange.caller(), params);
        default -> Answer.noSuchMethod();
      };
    } catch (InputNeeded needed) {
      return new Answer.InputRequired(needed.requests());
    } catch (CannotAsk e) {
      return missing(e);
    } catch (InterruptedException e) {
      return Answer.internal("The request was stopped.");
    } catch (ExecutionException e) {
      log().error("The tools could not be made ready", e.getCause());
      return Answer.internal(
          "The server could not make its tools ready; its log on stderr says why.");
    } catch (RuntimeException | Error e) {
      // Without the message: it may quote what a tool saw.
      log()
          .error(
              "{} at {}",
              e.getClass().getName(),
              Arrays.stream(e.getStackTrace()).limit(MAX_FRAMES).toList());
      return Answer.internal("The request failed inside the server; its log on stderr says where.");
    }
  }

  /// What there is to reach, waiting until it is there.
  ///
  /// @throws ExecutionException when it could not be made
  Surface ready() throws InterruptedException, ExecutionException {
    return surface.get();
  }

  /// The input schema of a tool, if this caller may see it and the tools are there.
  Optional<JsonNode> schema(Caller caller, String tool) {
    try {
      return ready().inputSchema(caller, tool);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | RuntimeException e) {
      // Told to whoever calls the tool, which comes next.
      return Optional.empty();
    }
  }

  private Answer call(ObjectNode params, Exchange exchange)
      throws InterruptedException, ExecutionException {
    String name = text(params, "name");
    // A name that no tool can have is a malformed request. Any other goes to the call path, whose
    // refusal says more to a model than a protocol error, and is on the record.
    if (!isToolName(name)) {
      return Answer.badParams("\"name\" has to be the name of a tool.");
    }
    JsonNode arguments =
        params.hasNonNull("arguments")
            ? params.path("arguments")
            : JsonNodeFactory.instance.objectNode();
    return ready().call(exchange, name, arguments);
  }

  private Answer read(ObjectNode params, Exchange exchange)
      throws InterruptedException, ExecutionException {
    String uri = text(params, "uri");
    return uri.isEmpty() || uri.length() > MAX_URI
        ? Answer.badParams("\"uri\" has to be a URI of at most " + MAX_URI + " characters.")
        : ready().read(exchange, uri);
  }

  private Answer prompt(ObjectNode params, Exchange exchange)
      throws InterruptedException, ExecutionException {
    JsonNode arguments = params.path("arguments");
    if (arguments.isMissingNode() || arguments.isNull()) {
      arguments = JsonNodeFactory.instance.objectNode();
    }
    return arguments instanceof ObjectNode given
        ? ready().prompt(exchange, text(params, "name"), given)
        : Answer.badParams("\"arguments\" has to be an object of texts.");
  }

  /// Lists are short and come whole, so no cursor was ever given out.
  private static Answer unpaged(ObjectNode params, Answer list) {
    return params.hasNonNull("cursor")
        ? Answer.badParams("\"cursor\" is none of this server's: its lists are not paged.")
        : list;
  }

  private static Answer missing(CannotAsk e) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("requiredCapabilities").putObject(e.capability());
    return new Answer.Failure(400, Answer.MISSING_CAPABILITY, e.sentence(), Optional.of(data));
  }

  private static boolean isToolName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_TOOL_NAME
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-');
  }

  private static String text(ObjectNode params, String field) {
    JsonNode value = params.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  /// Not a field: a logger takes longer to load than the first reply to make.
  private static Logger log() {
    return LoggerFactory.getLogger(Dispatcher.class);
  }
}
