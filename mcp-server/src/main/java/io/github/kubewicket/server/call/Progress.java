package io.github.kubewicket.server.call;

/// Tells a waiting client how far a call has come.
public interface Progress {
  /// For a client that did not ask for progress.
  Progress NONE = (done, total, message) -> {};

  /// Reports `done` of `total` with one short sentence; `done` grows from call to call. Never
  /// throws.
  void report(double done, double total, String message);
}
