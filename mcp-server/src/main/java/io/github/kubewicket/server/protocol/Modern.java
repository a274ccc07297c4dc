package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The era of 2026-07-28: no session, each request says all there is to know about its client, and
/// questions to the client come back as answers to the same request.
public final class Modern {
  /// What the server says of itself changes with the program only; an hour is short beside that.
  private static final long DISCOVER_TTL_MILLIS = 3_600_000;

  private final Dispatcher dispatcher;
  private final ServerInfo info;
  private final RequestState states;

  /// Answers requests of this era.
  public Modern(Dispatcher dispatcher, ServerInfo info, RequestState states) {
    this.dispatcher = dispatcher;
    this.info = info;
    this.states = states;
  }

  /// Whether a request is one of this era by its body.
  public static boolean speaks(ObjectNode params) {
    return Meta.isIn(params);
  }

  /// What is wrong with a request, before anything is done about it.
  ///
  /// @param headers HTTP's headers, where there are any
  public Optional<Answer.Failure> wrong(Message.Request request, Optional<Headers> headers) {
    Meta meta = Meta.of(request.params());
    boolean versionless =
        headers.isPresent() && headers.get().first(ModernHeaders.VERSION).isEmpty();
    if (versionless) {
      return Optional.of(ModernHeaders.mismatch("The header MCP-Protocol-Version is missing."));
    }
    if (!meta.complete()) {
      return Optional.of(
          new Answer.Failure(
              400,
              Answer.INVALID_PARAMS,
              "\"_meta\" needs io.modelcontextprotocol/protocolVersion and /clientCapabilities."));
    }
    Optional<Answer.Failure> differs =
        headers.flatMap(given -> ModernHeaders.wrongVersion(given, meta.version()));
    if (differs.isPresent()) {
      return differs;
    }
    if (!meta.version().equals(Versions.MODERN)) {
      return Optional.of(unsupported(meta.version()));
    }
    return headers.flatMap(given -> ModernHeaders.wrong(given, request));
  }

  /// A revision that is not spoken here.
  public static Answer.Failure unsupported(String version) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode supported = data.putArray("supported");
    Versions.SUPPORTED.forEach(supported::add);
    data.put("requested", version.length() > 40 ? version.substring(0, 40) : version);
    return new Answer.Failure(
        400,
        Answer.UNSUPPORTED_VERSION,
        "This revision of the protocol is not spoken here.",
        Optional.of(data));
  }

  /// What is wrong with the headers of a tool's arguments; asks for the tools, so it comes late.
  public Optional<Answer.Failure> wrongArguments(
      Message.Request request, Caller caller, Headers headers) {
    if (!request.method().equals("tools/call")) {
      return Optional.empty();
    }
    return dispatcher
        .schema(caller, request.params().path("name").asString(""))
        .flatMap(schema ->
            ModernHeaders.wrongArguments(headers, schema, request.params().path("arguments")));
  }

  /// Answers a request that nothing is wrong with, on the calling thread. Never throws.
  ///
  /// @param way where what belongs to this request goes
  public Answer answer(Pending pending, Caller caller, Outbox way) {
    Message.Request request = pending.request();
    if (request.method().equals("server/discover")) {
      return decorated(new Answer.Result(discovered(), DISCOVER_TTL_MILLIS));
    }
    String binding = RequestState.binding(caller.name(), request.method(), request.params());
    JsonNode state = request.params().path("requestState");
    ObjectNode answers = JsonNodeFactory.instance.objectNode();
    if (state.isString()) {
      Optional<ObjectNode> opened = states.open(state.stringValue(), binding);
      if (opened.isEmpty()) {
        return new Answer.Failure(
            400,
            Answer.INVALID_PARAMS,
            "Invalid requestState: it is not of this request, or too old; ask again without it.");
      }
      answers.setAll(opened.get());
    }
    for (var response : request.params().path("inputResponses").properties()) {
      if (response.getValue().isObject()) {
        answers.set(response.getKey(), response.getValue());
      }
    }
    Exchange exchange =
        new ModernExchange(Meta.of(request.params()), caller, pending, way, answers);
    return switch (dispatcher.answer(request.method(), request.params(), exchange)) {
      case Answer.Result result -> decorated(result);
      case Answer.InputRequired(ObjectNode requests) -> required(requests, answers, binding);
      case Answer.Failure failure -> failure;
    };
  }

  /// A result as this era wants it.
  Answer.Result decorated(Answer.Result result) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("resultType", "complete");
    body.setAll(result.body());
    if (result.ttlMillis() >= 0) {
      // Private always: what a caller sees depends on who it is.
      body.put("ttlMs", result.ttlMillis()).put("cacheScope", "private");
    }
    signed(body);
    return new Answer.Result(body);
  }

  private Answer required(ObjectNode requests, ObjectNode answers, String binding) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("resultType", "input_required");
    body.set("inputRequests", requests);
    body.put("requestState", states.seal(answers, binding));
    signed(body);
    return new Answer.Result(body);
  }

  private void signed(ObjectNode body) {
    ObjectNode meta =
        body.get("_meta") instanceof ObjectNode given
            ? given.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    meta.set(Meta.SERVER_INFO, info.implementation());
    body.set("_meta", meta);
  }

  private ObjectNode discovered() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode versions = body.putArray("supportedVersions");
    Versions.SUPPORTED.forEach(versions::add);
    ObjectNode capabilities = info.capabilities().deepCopy();
    // Set per request in this era, and so no capability of the server's.
    capabilities.remove("logging");
    body.set("capabilities", capabilities);
    return body.put("instructions", info.instructions());
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }
}
