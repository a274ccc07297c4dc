package io.github.kubewicket.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/// A question to the client.
///
/// @param key what tells it from others of the same request
/// @param method such as `elicitation/create`
public record Question(String key, String method, ObjectNode params) {
  /// The capability that a client has to have declared.
  String capability() {
    return method.substring(0, method.indexOf('/'));
  }
}
