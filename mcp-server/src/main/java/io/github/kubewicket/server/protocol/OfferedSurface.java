package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Replies;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.offer.Completion;
import io.github.kubewicket.server.offer.Offers;
import io.github.kubewicket.server.offer.PromptAnswer;
import io.github.kubewicket.server.offer.ResourceAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Kubewicket's own surface: tools through the call path, and what it offers besides.
public final class OfferedSurface implements Surface {
  /// Lists change when an operator edits `tools.yaml`; who listens is told at once.
  private static final long LIST_TTL_MILLIS = 30_000;

  private final Calls calls;
  private final Offers offers;
  private final ListWatch watch;

  /// A surface over these.
  ///
  /// @param watch tells of changes in the tools' list
  public OfferedSurface(Calls calls, Offers offers, ListWatch watch) {
    this.calls = calls;
    this.offers = offers;
    this.watch = watch;
  }

  /// What this surface can, as `initialize` and `server/discover` say it.
  public static ObjectNode capabilities() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities.putObject("tools").put("listChanged", true);
    capabilities.putObject("resources").put("subscribe", true).put("listChanged", false);
    capabilities.putObject("prompts").put("listChanged", false);
    capabilities.putObject("completions");
    return capabilities;
  }

  @Override
  public Answer tools(Caller caller) {
    return listed(Tools.list(calls.listed(caller)));
  }

  @Override
  public Optional<JsonNode> inputSchema(Caller caller, String tool) {
    return calls.listed(caller).stream()
        .filter(listed -> listed.name().equals(tool))
        .findFirst()
        .map(Tool::input)
        .map(input -> (JsonNode) input.schema());
  }

  @Override
  public Answer call(Exchange exchange, String tool, JsonNode arguments) {
    return new Answer.Result(
        Tools.result(
            calls.run(
                new Request(
                    exchange.caller(), exchange.client(), tool, arguments, exchange.progress()))));
  }

  @Override
  public Answer resources(Caller caller) {
    return listed(OfferTrees.resources(offers.resources().list(caller)));
  }

  @Override
  public Answer templates(Caller caller) {
    return listed(OfferTrees.templates(offers.resources().templates(caller)));
  }

  @Override
  public Answer read(Exchange exchange, String uri) {
    return switch (offers.resources().read(exchange.caller(), uri)) {
      case ResourceAnswer.Found found -> new Answer.Result(OfferTrees.contents(found.text()), 0);
      case ResourceAnswer.Missing missing ->
          new Answer.Failure(200, Answer.INVALID_PARAMS, missing.message(), data(uri));
      case ResourceAnswer.Refused refused ->
          new Answer.Failure(
              200, Answer.INVALID_PARAMS, Replies.refused(refused.denial()).text(), data(uri));
    };
  }

  @Override
  public Answer prompts(Caller caller) {
    return listed(OfferTrees.prompts(offers.prompts().list(caller)));
  }

  @Override
  public Answer prompt(Exchange exchange, String name, ObjectNode arguments) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (var argument : arguments.properties()) {
      if (!argument.getValue().isString()) {
        return Answer.badParams("Every argument of a prompt has to be a text.");
      }
      texts.put(argument.getKey(), argument.getValue().stringValue());
    }
    return switch (offers.prompts().get(exchange.caller(), name, texts)) {
      case PromptAnswer.Messages messages -> new Answer.Result(OfferTrees.messages(messages));
      case PromptAnswer.Unknown _ -> Answer.badParams("There is no prompt of this name.");
      case PromptAnswer.BadArguments(String message) -> Answer.badParams(message);
    };
  }

  @Override
  public Answer complete(Caller caller, ObjectNode params) {
    JsonNode reference = params.path("ref");
    String of =
        switch (reference.path("type").asString("")) {
          case "ref/prompt" -> reference.path("name").asString("");
          case "ref/resource" -> reference.path("uri").asString("");
          default -> "";
        };
    String argument = params.path("argument").path("name").asString("");
    if (of.isEmpty() || argument.isEmpty()) {
      return Answer.badParams("\"ref\" and \"argument\" have to name what is completed.");
    }
    Map<String, String> known = new LinkedHashMap<>();
    for (var chosen : params.path("context").path("arguments").properties()) {
      if (chosen.getValue().isString()) {
        known.put(chosen.getKey(), chosen.getValue().stringValue());
      }
    }
    Completion completion =
        offers
            .completions()
            .complete(
                caller, of, argument, params.path("argument").path("value").asString(""), known);
    return new Answer.Result(OfferTrees.completion(completion));
  }

  @Override
  public Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed) {
    return offers.resources().subscribe(caller, uri, changed);
  }

  @Override
  public AutoCloseable watch(Caller caller, Consumer<Listing> changed) {
    return watch.begin(() -> calls.listed(caller), () -> changed.accept(Listing.TOOLS));
  }

  private static Answer listed(ObjectNode list) {
    return new Answer.Result(list, LIST_TTL_MILLIS);
  }

  private static Optional<ObjectNode> data(String uri) {
    return Optional.of(JsonNodeFactory.instance.objectNode().put("uri", uri));
  }
}
