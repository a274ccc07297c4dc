package io.github.kubewicket.server.protocol;

import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a request ends in.
public sealed interface Answer {
  /// A result.
  ///
  /// @param body the members that the method defines; the era adds its own
  /// @param ttlMillis how long a client of 2026-07-28 may keep it; negative where it may not be
  ///   kept at all and the field does not belong
  record Result(ObjectNode body, long ttlMillis) implements Answer {
    /// A result that is not for keeping.
    public Result(ObjectNode body) {
      this(body, -1);
    }
  }

  /// An error of the protocol.
  ///
  /// @param status what HTTP says along with it, as long as nothing was streamed
  /// @param code of JSON-RPC or MCP
  /// @param message one sentence in our own words
  record Failure(int status, int code, String message, Optional<ObjectNode> data)
      implements Answer {
    /// An error that says no more than its sentence.
    public Failure(int status, int code, String message) {
      this(status, code, message, Optional.empty());
    }
  }

  /// The client has to answer first, and then ask again (2026-07-28).
  ///
  /// @param requests by key, each `{method, params}`
  record InputRequired(ObjectNode requests) implements Answer {}

  /// JSON-RPC: not JSON.
  int PARSE_ERROR = -32_700;

  /// JSON-RPC: not a request.
  int INVALID_REQUEST = -32_600;

  /// JSON-RPC: no such method.
  int METHOD_NOT_FOUND = -32_601;

  /// JSON-RPC: parameters that do not fit.
  int INVALID_PARAMS = -32_602;

  /// JSON-RPC: the server's fault.
  int INTERNAL_ERROR = -32_603;

  /// MCP 2026-07-28: headers and body disagree.
  int HEADER_MISMATCH = -32_020;

  /// MCP 2026-07-28: the client did not declare what the request needs.
  int MISSING_CAPABILITY = -32_021;

  /// MCP 2026-07-28: a revision that this server does not speak.
  int UNSUPPORTED_VERSION = -32_022;

  /// No such method, to a client of 2026-07-28 with 404.
  static Failure noSuchMethod() {
    return new Failure(404, METHOD_NOT_FOUND, "Method not found.");
  }

  /// Parameters that do not fit, found by the method itself.
  static Failure badParams(String message) {
    return new Failure(200, INVALID_PARAMS, message);
  }

  /// The server's fault.
  static Failure internal(String message) {
    return new Failure(200, INTERNAL_ERROR, message);
  }

  /// The empty result.
  static Result empty() {
    return new Result(JsonNodeFactory.instance.objectNode());
  }
}
