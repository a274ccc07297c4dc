package io.github.kubewicket.server.protocol;

/// The client cannot be asked what the request needs.
public final class CannotAsk extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String capability;
  private final String sentence;

  /// For want of this capability.
  CannotAsk(String capability, String message) {
    super(message, null, false, false);
    this.capability = capability;
    this.sentence = message;
  }

  String capability() {
    return capability;
  }

  String sentence() {
    return sentence;
  }
}
