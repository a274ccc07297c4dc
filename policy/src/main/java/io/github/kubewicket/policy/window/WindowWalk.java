package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Windows at a moment that moves forward. It looks a window up again only where it may have
/// changed, and gives up after 1,000 such looks, so that no policy costs more than some
/// milliseconds.
final class WindowWalk {
  private static final int MOST_LOOKS = 1_000;

  private final Almanac almanac;
  private final List<WindowState> states;
  private int looks;

  WindowWalk(Almanac almanac, List<Window> windows, Instant now) {
    this.almanac = almanac.asOf(now);
    this.states = new ArrayList<>();
    for (Window window : windows) {
      states.add(WindowState.of(this.almanac, window, now));
    }
  }

  /// Each window at the moment that was reached, in the order in which they were given.
  List<WindowState> states() {
    return List.copyOf(states);
  }

  /// The next moment at which any window may change, where one is known.
  Optional<Instant> nextChange() {
    return states.stream().flatMap(state -> state.changes().stream()).min(Instant::compareTo);
  }

  /// Goes to a later moment; `false` where it gives up.
  boolean goTo(Instant moment) {
    for (int i = 0; i < states.size(); i++) {
      WindowState state = states.get(i);
      if (state.changes().filter(at -> !at.isAfter(moment)).isPresent()) {
        if (++looks > MOST_LOOKS) {
          return false;
        }
        states.set(i, WindowState.of(almanac, state.window(), moment));
      }
    }
    return true;
  }
}
