package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Table;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Reads a whole table and keeps one page of it: the rows that come next in the order of health,
/// namespace and name, and the counts of all.
final class ResourcePage implements Table.Reader {
  private static final int MAX_STATES = 12;
  private static final Comparator<Entry> ORDER =
      Comparator.comparingInt(Entry::rank)
          .thenComparing(Entry::namespace)
          .thenComparing(Entry::name);

  private final List<String> wanted;
  private final Optional<Entry> after;
  private final int capacity;
  private final PriorityQueue<Entry> page = new PriorityQueue<>(ORDER.reversed());
  private final Map<Health.Verdict, Integer> states = new HashMap<>();
  private List<Table.Column> columns = List.of();
  private int[] shown = new int[0];
  private Health health = Health.of(List.of());
  private int total;
  private int remaining;

  /// One row with its place in the order.
  record Entry(int rank, String namespace, String name, String state, Table.@Nullable Row row) {}

  /// The place that a cursor's key names.
  static Entry place(List<String> key) {
    return new Entry(Integer.parseInt(key.get(0)), key.get(1), key.get(2), "", null);
  }

  /// @param wanted names of columns; empty for kubectl's, `wide` for all
  /// @param after the last row of the page before
  /// @param capacity how many rows are kept at most
  ResourcePage(List<String> wanted, Optional<Entry> after, int capacity) {
    this.wanted = wanted;
    this.after = after;
    this.capacity = capacity;
  }

  @Override
  public BitSet columns(List<Table.Column> served) {
    columns = served;
    health = Health.of(served);
    shown = choose();
    BitSet needed = health.columns();
    for (int column : shown) {
      needed.set(column);
    }
    return needed;
  }

  private int[] choose() {
    boolean wide = wanted.stream().anyMatch(name -> name.equalsIgnoreCase("wide"));
    List<Integer> chosen = new ArrayList<>();
    if (wanted.isEmpty() || wide) {
      for (int i = 0; i < columns.size(); i++) {
        if (wide || !columns.get(i).wide()) {
          chosen.add(i);
        }
      }
    } else {
      chosen.add(0);
      for (String name : wanted) {
        int column = find(name);
        if (!chosen.contains(column)) {
          chosen.add(column);
        }
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private int find(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name.strip())) {
        return i;
      }
    }
    throw new ClusterException(
        Reason.BAD_ARGS,
        "There is no column \"" + Untrusted.line(name, 60) + "\".",
        "Columns of this kind: "
            + String.join(", ", columns.stream().map(Table.Column::name).toList())
            + "; or [\"wide\"] for all.");
  }

  @Override
  public void row(Table.Row row) {
    Health.Verdict verdict = health.of(row).shortened();
    total++;
    if (states.size() < 200 || states.containsKey(verdict)) {
      states.merge(verdict, 1, Integer::sum);
    } else {
      states.merge(new Health.Verdict(verdict.rank(), "other"), 1, Integer::sum);
    }
    Entry entry = new Entry(verdict.rank(), row.namespace(), row.name(), verdict.state(), row);
    if (after.isPresent() && ORDER.compare(entry, after.get()) <= 0) {
      return;
    }
    remaining++;
    if (page.size() < capacity) {
      page.add(entry);
    } else if (ORDER.compare(entry, page.peek()) < 0) {
      page.poll();
      page.add(entry);
    }
  }

  /// How many rows there are in all.
  int total() {
    return total;
  }

  /// How many rows come after the cursor.
  int remaining() {
    return remaining;
  }

  /// How many rows are in a bad state.
  int unhealthy() {
    return states.entrySet().stream()
        .filter(state -> state.getKey().rank() == Health.BAD)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /// Counts by state, the worst first; at most a dozen, the rest under `other`.
  Map<String, Integer> states() {
    Map<String, Integer> counted = new LinkedHashMap<>();
    states.entrySet().stream()
        .filter(state -> !state.getKey().state().isEmpty())
        .sorted(
            Comparator.<Map.Entry<Health.Verdict, Integer>>comparingInt(
                    state -> state.getKey().rank())
                .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .thenComparing(state -> state.getKey().state()))
        .forEach(state ->
            counted.merge(
                counted.size() < MAX_STATES ? state.getKey().state() : "other",
                state.getValue(),
                Integer::sum));
    return counted;
  }

  /// The names of the columns that are shown.
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int column : shown) {
      names.add(columns.get(column).name());
    }
    return names;
  }

  /// The page in order.
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(page);
    entries.sort(ORDER);
    return entries;
  }

  /// The cells of a row of this page.
  List<String> cells(Entry entry) {
    List<String> cells = new ArrayList<>();
    Table.Row row = entry.row();
    for (int column : shown) {
      cells.add(row == null ? "" : row.cell(column));
    }
    return cells;
  }
}
