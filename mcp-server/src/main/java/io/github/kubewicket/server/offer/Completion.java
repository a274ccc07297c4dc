package io.github.kubewicket.server.offer;

import java.util.List;

/// How a value that somebody is typing might go on.
///
/// @param values at most 100, sorted
/// @param total how many there are
/// @param hasMore whether there are more than `values`
public record Completion(List<String> values, long total, boolean hasMore) {
  /// The most values that the protocol carries in one answer.
  public static final int MOST = 100;

  /// Nothing to suggest.
  public static final Completion NONE = new Completion(List.of(), 0, false);

  /// Keeps its own copy.
  public Completion {
    values = List.copyOf(values);
    if (values.size() > MOST) {
      throw new IllegalArgumentException("A completion has at most " + MOST + " values.");
    }
  }

  /// The first of all these values.
  public static Completion of(List<String> all) {
    return new Completion(
        all.subList(0, Math.min(MOST, all.size())), all.size(), all.size() > MOST);
  }
}
