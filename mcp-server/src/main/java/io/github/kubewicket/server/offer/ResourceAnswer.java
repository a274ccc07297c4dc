package io.github.kubewicket.server.offer;

import io.github.kubewicket.policy.Denial;

/// What came of reading a resource.
public sealed interface ResourceAnswer {
  /// It is there.
  record Found(ResourceText text) implements ResourceAnswer {}

  /// There is none with this address.
  ///
  /// @param message one sentence: what is wrong with the address, or what is not there
  record Missing(String message) implements ResourceAnswer {}

  /// It may be there, and is not shown.
  record Refused(Denial denial) implements ResourceAnswer {}
}
