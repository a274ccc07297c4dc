package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.Caller;
import java.util.HashMap;
import java.util.Map;

/// How many subscriptions there are, of each caller and in all.
final class Seats {
  private final int ofOne;
  private final int ofAll;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /// @param ofOne how many one caller may have
  /// @param ofAll how many there may be
  Seats(int ofOne, int ofAll) {
    this.ofOne = ofOne;
    this.ofAll = ofAll;
  }

  /// Takes one for the caller.
  ///
  /// @return false where there is none left
  synchronized boolean take(Caller caller) {
    int own = taken.getOrDefault(caller.name(), 0);
    if (own >= ofOne || all >= ofAll) {
      return false;
    }
    taken.put(caller.name(), own + 1);
    all++;
    return true;
  }

  /// Gives one back.
  synchronized void leave(Caller caller) {
    int own = taken.getOrDefault(caller.name(), 0);
    if (own > 0) {
      all--;
      if (own == 1) {
        taken.remove(caller.name());
      } else {
        taken.put(caller.name(), own - 1);
      }
    }
  }

  /// How many are taken.
  synchronized int taken() {
    return all;
  }
}
