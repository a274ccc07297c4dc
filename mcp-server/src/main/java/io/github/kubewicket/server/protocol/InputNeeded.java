package io.github.kubewicket.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/// Ends a request that has to be repeated with answers. It is no failure: it unwinds to the
/// dispatcher through code that was written to wait.
public final class InputNeeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectNode requests;

  /// Asks for these.
  ///
  /// @param requests by key, each `{method, params}`
  InputNeeded(ObjectNode requests) {
    super("the client has to answer first", null, false, false);
    this.requests = requests;
  }

  ObjectNode requests() {
    return requests;
  }
}
