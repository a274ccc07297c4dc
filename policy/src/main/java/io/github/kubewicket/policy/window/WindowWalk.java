package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes from one change of any window to the next.
final class WindowWalk {
  private static final int MOST_STEPS = 5_000;

  private final Almanac almanac;
  private final Instant now;
  private final List<WindowState> states;
  private int steps;

  WindowWalk(Almanac almanac, List<Window> windows, Instant now) {
    this.almanac = almanac;
    this.now = now;
    this.states =
        new ArrayList<>(
            windows.stream().map(it -> WindowState.of(almanac, it, now, now)).toList());
  }

  /// Each window at the moment that was reached, in the order in which they were given.
  List<WindowState> states() {
    return List.copyOf(states);
  }

  /// Goes to the next moment at which a window may change, where there is one before `end`; it
  /// gives up after 5,000 steps.
  Optional<Instant> step(Instant end) {
    Optional<Instant> next =
        states.stream()
            .flatMap(state -> state.changes().stream())
            .min(Instant::compareTo)
            .filter(at -> at.isBefore(end) && steps < MOST_STEPS);
    steps++;
    next.ifPresent(this::goTo);
    return next;
  }

  private void goTo(Instant moment) {
    for (int i = 0; i < states.size(); i++) {
      WindowState state = states.get(i);
      if (state.changes().isPresent() && !state.changes().get().isAfter(moment)) {
        states.set(i, WindowState.of(almanac, state.window(), moment, now));
      }
    }
  }
}
