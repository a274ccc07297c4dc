package io.github.kubewicket.demo.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// When something about a pod last happened, finer than the whole seconds of the API.
final class Moments {
  private final Map<String, Map<String, Instant>> byPod = new HashMap<>();

  /// Notes the moment if there is none yet; true if there was none.
  boolean first(String uid, String what, Instant now) {
    return byPod.computeIfAbsent(uid, key -> new HashMap<>()).putIfAbsent(what, now) == null;
  }

  void set(String uid, String what, Instant now) {
    byPod.computeIfAbsent(uid, key -> new HashMap<>()).put(what, now);
  }

  /// The time since the moment; notes it as now where there is none.
  Duration since(String uid, String what, Instant now) {
    boolean fresh = first(uid, what, now);
    return fresh
        ? Duration.ZERO
        : Duration.between(byPod.getOrDefault(uid, Map.of()).getOrDefault(what, now), now);
  }

  void retain(Set<String> uids) {
    byPod.keySet().retainAll(uids);
  }
}
