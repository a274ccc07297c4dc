package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares what the gate said with what was expected.
final class Differences {
  private Differences() {}

  static List<String> between(Scenario.Expected expected, Played.Seen seen) {
    List<String> differences = new ArrayList<>();
    add(differences, "decision", Optional.of(expected.decision()), seen.decision());
    add(differences, "code", expected.code(), seen.code());
    add(differences, "retryAfter", expected.retryAfter().map(Instant::toString), seen.retryAfter());
    add(differences, "tier", expected.tier().map(Tier::word), seen.tier());
    add(differences, "rule", expected.rule(), seen.rule());
    return differences;
  }

  private static void add(
      List<String> differences, String what, Optional<String> expected, String got) {
    if (expected.isPresent() && !expected.get().equals(got)) {
      differences.add(
          "expected " + what + " " + expected.get() + ", got " + (got.isEmpty() ? "none" : got));
    }
  }
}
