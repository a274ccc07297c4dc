package io.github.kubewicket.server.completion;

import io.github.kubewicket.server.cluster.Table;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/// Keeps the names of a list and nothing else.
final class NameReader implements Table.Reader {
  private static final int MOST = 20_000;

  private final TreeSet<String> names = new TreeSet<>();

  @Override
  public BitSet columns(List<Table.Column> columns) {
    return new BitSet();
  }

  @Override
  public void row(Table.Row row) {
    if (names.size() < MOST) {
      names.add(row.name());
    }
  }

  /// The names, sorted; at most 20,000.
  List<String> names() {
    return List.copyOf(names);
  }
}
