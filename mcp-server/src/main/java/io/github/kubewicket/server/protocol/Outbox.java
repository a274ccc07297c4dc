package io.github.kubewicket.server.protocol;

import tools.jackson.databind.node.ObjectNode;

/// The way to one client for what is not the answer itself: notifications, and questions in the
/// older era. Bounded: a client that does not read loses its connection, never the server's memory.
public interface Outbox {
  /// Of a client that cannot be told anything now.
  Outbox NOWHERE = message -> false;

  /// Sends one message, or drops it. Never throws, and never waits for a slow client.
  ///
  /// @return whether it was taken
  boolean send(ObjectNode message);
}
