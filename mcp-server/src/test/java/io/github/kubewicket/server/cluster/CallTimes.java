package io.github.kubewicket.server.cluster;

/// Whether the time of a call runs, for tests elsewhere.
public final class CallTimes {
  private CallTimes() {}

  /// Whether it runs on this thread.
  public static boolean isRunning() {
    return CallTime.left().isPresent();
  }
}
