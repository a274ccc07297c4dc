package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.context.Activity;
import java.util.List;
import java.util.stream.Stream;

/// What goes on around a case, now.
final class Activities {
  private Activities() {}

  /// Those that concern its workload and go on at its moment.
  static Stream<Activity> now(Case it, List<Activity> all) {
    return all.stream()
        .filter(one -> one.concerns(it.attempt().target().workload()))
        .filter(one -> !one.from().isAfter(it.now()))
        .filter(one -> one.until().filter(until -> !it.now().isBefore(until)).isEmpty());
  }
}
