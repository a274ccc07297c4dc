package io.github.kubewicket.server.conformance;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Exchange;
import io.github.kubewicket.server.protocol.Listing;
import io.github.kubewicket.server.protocol.Surface;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The real surface, and beside it what the conformance suite calls by name. Only tests have it.
final class FixtureSurface implements Surface {
  private static final Pattern TEMPLATE = Pattern.compile("test://template/([^/]+)/data");

  private final Surface real;
  private final FixtureTools tools;
  private final Set<Consumer<Listing>> watchers = new CopyOnWriteArraySet<>();

  FixtureSurface(Surface real) {
    this.real = real;
    this.tools = new FixtureTools(this::changed);
  }

  /// What the real server can, and the logging that only the suite asks for.
  static ObjectNode capabilities(ObjectNode real) {
    ObjectNode capabilities = real.deepCopy();
    capabilities.putObject("logging");
    capabilities.withObject("/prompts").put("listChanged", true);
    return capabilities;
  }

  @Override
  public Answer tools(Caller caller) {
    Answer.Result listed = copy(real.tools(caller));
    FixtureTools.describe((ArrayNode) listed.body().get("tools"));
    return listed;
  }

  @Override
  public Optional<JsonNode> inputSchema(Caller caller, String tool) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    FixtureTools.describe(all);
    return all.valueStream()
        .filter(described -> described.path("name").asString("").equals(tool))
        .map(described -> described.path("inputSchema"))
        .findFirst()
        .or(() -> real.inputSchema(caller, tool));
  }

  @Override
  public Answer call(Exchange exchange, String tool, JsonNode arguments)
      throws InterruptedException {
    return tool.startsWith("test_") || tool.startsWith("json_schema_")
        ? tools.call(exchange, tool, arguments)
        : real.call(exchange, tool, arguments);
  }

  @Override
  public Answer resources(Caller caller) {
    Answer.Result listed = copy(real.resources(caller));
    ArrayNode list = (ArrayNode) listed.body().get("resources");
    resource(list, "test://static-text", "Static text", "text/plain");
    resource(list, "test://static-binary", "Static binary", "image/png");
    resource(list, "test://watched-resource", "Watched", "text/plain");
    return listed;
  }

  @Override
  public Answer templates(Caller caller) {
    Answer.Result listed = copy(real.templates(caller));
    ((ArrayNode) listed.body().get("resourceTemplates"))
        .addObject()
        .put("uriTemplate", "test://template/{id}/data")
        .put("name", "Template")
        .put("description", "Data by id.")
        .put("mimeType", "application/json");
    return listed;
  }

  @Override
  public Answer read(Exchange exchange, String uri) throws InterruptedException {
    Matcher template = TEMPLATE.matcher(uri);
    if (template.matches()) {
      String data = "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}";
      return contents(uri, "application/json", "text", data.formatted(template.group(1)));
    }
    return switch (uri) {
      case "test://static-text" ->
          contents(uri, "text/plain", "text", "This is the content of the static text resource.");
      case "test://static-binary" -> contents(uri, "image/png", "blob", Media.PNG);
      case "test://watched-resource" -> contents(uri, "text/plain", "text", "Watched.");
      default -> real.read(exchange, uri);
    };
  }

  @Override
  public Answer prompts(Caller caller) {
    Answer.Result listed = copy(real.prompts(caller));
    FixturePrompts.describe((ArrayNode) listed.body().get("prompts"));
    return listed;
  }

  @Override
  public Answer prompt(Exchange exchange, String name, ObjectNode arguments)
      throws InterruptedException {
    return name.startsWith("test_")
        ? FixturePrompts.get(exchange, name, arguments)
        : real.prompt(exchange, name, arguments);
  }

  @Override
  public Answer complete(Caller caller, ObjectNode params) {
    return real.complete(caller, params);
  }

  @Override
  public Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed) {
    return uri.startsWith("test://") ? Optional.of(() -> {}) : real.subscribe(caller, uri, changed);
  }

  @Override
  public AutoCloseable watch(Caller caller, Consumer<Listing> changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  private static Answer.Result copy(Answer listed) {
    Answer.Result result = (Answer.Result) listed;
    return new Answer.Result(result.body().deepCopy(), result.ttlMillis());
  }

  private void changed(Listing listing) {
    watchers.forEach(watcher -> watcher.accept(listing));
  }

  private static void resource(ArrayNode list, String uri, String name, String type) {
    list.addObject()
        .put("uri", uri)
        .put("name", name)
        .put("description", name + ".")
        .put("mimeType", type);
  }

  private static Answer contents(String uri, String type, String member, String data) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("contents").addObject().put("uri", uri).put("mimeType", type).put(member, data);
    return new Answer.Result(result, 0);
  }
}
