package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When windows that refuse do so no longer.
final class Reopening {
  private Reopening() {}

  /// The first moment, of the next 400 days, at which the windows do not refuse; empty where none
  /// is found.
  static Optional<Instant> after(WindowWalk walk, Instant now) {
    Instant end = now.plus(CronSchedule.HORIZON);
    Optional<Instant> at = earliest(walk.states()).filter(end::isAfter);
    while (at.isPresent()) {
      if (!walk.goTo(at.get())) {
        return Optional.empty();
      }
      if (Objection.strictest(walk.states()).filter(Objection::refuses).isEmpty()) {
        return at;
      }
      at = earliest(walk.states()).filter(end::isAfter);
    }
    return Optional.empty();
  }

  /// Before this moment nothing opens: every window that closes has to end, and only where none
  /// does, one that opens has to begin.
  private static Optional<Instant> earliest(List<WindowState> states) {
    List<WindowState> closed =
        states.stream().filter(it -> it.closes() && it.window().ceiling() == Tier.NEVER).toList();
    if (closed.stream().anyMatch(it -> it.unclear().isPresent())) {
      return Optional.empty();
    }
    return closed.isEmpty()
        ? states.stream()
            .filter(it -> it.window().mode() == Window.Mode.ALLOW)
            .flatMap(it -> it.changes().stream())
            .min(Instant::compareTo)
        : closed.stream().flatMap(it -> it.changes().stream()).max(Instant::compareTo);
  }
}
