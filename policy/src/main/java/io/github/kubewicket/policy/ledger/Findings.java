package io.github.kubewicket.policy.ledger;

import java.util.ArrayList;
import java.util.List;

/// Collects findings, and no more of them than somebody can read.
final class Findings {
  private static final int MAX = 200;

  private final List<Finding> list = new ArrayList<>();
  private long omitted;

  void add(long seq, Finding.Kind kind, String message) {
    if (list.size() < MAX) {
      list.add(new Finding(seq, kind, message));
    } else {
      omitted++;
    }
  }

  List<Finding> list() {
    return List.copyOf(list);
  }

  long omitted() {
    return omitted;
  }
}
