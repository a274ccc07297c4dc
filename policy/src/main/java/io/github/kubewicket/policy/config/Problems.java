package io.github.kubewicket.policy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found wrong with one file so far.
final class Problems {
  private static final int SHOWN = 50;
  private static final int KEPT = 1_000;

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private int count;

  Problems(String file) {
    this.file = file;
  }

  void add(Yaml.Place at, String field, String message) {
    count++;
    if (found.size() < KEPT) {
      found.add(new Problem(file, at.line(), at.column(), field, message));
    }
  }

  /// How many were added, those over the bounds included.
  int count() {
    return count;
  }

  /// In the file's order, at most 50; the last one says so where there are more.
  List<Problem> inFileOrder() {
    if (count == 0) {
      return List.of();
    }
    List<Problem> sorted =
        found.stream()
            .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
            .limit(SHOWN)
            .toList();
    if (count <= SHOWN) {
      return sorted;
    }
    List<Problem> cut = new ArrayList<>(sorted.subList(0, SHOWN - 1));
    Problem next = sorted.get(SHOWN - 1);
    cut.add(
        new Problem(
            file,
            next.line(),
            next.column(),
            "",
            "There are "
                + (count - cut.size())
                + " more problems from here on; mend the ones above first."));
    return List.copyOf(cut);
  }
}
