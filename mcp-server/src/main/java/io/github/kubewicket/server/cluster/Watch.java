package io.github.kubewicket.server.cluster;

/// Something that is followed until it is closed.
public interface Watch extends AutoCloseable {
  /// Ends it. What it calls is not called after that, but for a call that is under way. Closing
  /// again does nothing.
  @Override
  void close();
}
