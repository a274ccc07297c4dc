package io.github.kubewicket.server.cluster;

import java.util.List;

/// An object's events as they are known at once.
///
/// @param events newest first
/// @param omitted what may be missing and where it is to be had; empty where nothing is
public record RecentEvents(List<Event> events, String omitted) {
  /// Copies the list.
  public RecentEvents {
    events = List.copyOf(events);
  }
}
