package io.github.kubewicket.server.protocol;

import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Words and ends of watches.
final class Watches {
  private Watches() {}

  /// Tells that a resource changed.
  static ObjectNode updated(String uri) {
    return Frames.notification(
        "notifications/resources/updated", JsonNodeFactory.instance.objectNode().put("uri", uri));
  }

  /// Ends a watch, whatever it says to that.
  static void end(AutoCloseable watch) {
    try {
      watch.close();
    } catch (Exception e) {
      LoggerFactory.getLogger(Watches.class)
          .warn("A watch did not end: {}", e.getClass().getName());
    }
  }
}
