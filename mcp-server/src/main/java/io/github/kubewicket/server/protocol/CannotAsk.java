package io.github.kubewicket.server.protocol;

/// The client cannot be asked what the request needs.
public final class CannotAsk extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String capability;

  /// For want of this capability.
  CannotAsk(String capability, String message) {
    super(message, null, false, false);
    this.capability = capability;
  }

  String capability() {
    return capability;
  }
}
