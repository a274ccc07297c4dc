package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.server.cluster.Table;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tells from the columns that kubectl shows how an object is: there is no other knowledge that
/// every kind, custom ones too, has in common.
final class Health {
  /// Something is wrong.
  static final int BAD = 0;

  /// Something is under way or unknown.
  static final int UNSETTLED = 1;

  /// As it should be, or nothing is said.
  static final int GOOD = 2;

  private static final List<String> BAD_WORDS =
      List.of(
          "error",
          "backoff",
          "fail",
          "crash",
          "oom",
          "evict",
          "invalid",
          "notready",
          "unknown",
          "lost",
          "degraded",
          "unhealthy",
          "deadline",
          "missing",
          "warning",
          "cannotrun",
          "outof",
          "false");
  private static final Set<String> GOOD_WORDS =
      Set.of(
          "running",
          "completed",
          "complete",
          "succeeded",
          "success",
          "active",
          "bound",
          "ready",
          "available",
          "true",
          "normal",
          "healthy",
          "synced",
          "approved,issued",
          "established",
          "deployed",
          "ok",
          "valid",
          "reconciled");
  private static final List<String> STATUS = List.of("status", "phase", "state");
  private static final List<String> FLAGS =
      List.of("ready", "healthy", "available", "synced", "established");

  private final int status;
  private final int flag;
  private final int ready;
  private final int desired;
  private final int completions;

  private Health(int status, int flag, int ready, int desired, int completions) {
    this.status = status;
    this.flag = flag;
    this.ready = ready;
    this.desired = desired;
    this.completions = completions;
  }

  /// How one object is.
  ///
  /// @param rank [#BAD], [#UNSETTLED] or [#GOOD]
  /// @param state in words; empty where the columns say nothing
  record Verdict(int rank, String state) {
    /// With a state of at most 40 characters: states are counted, and a broken controller must not
    /// fill the answer with them.
    Verdict shortened() {
      return state.length() <= 40 ? this : new Verdict(rank, Untrusted.line(state, 40));
    }
  }

  /// Reads the state out of these columns.
  static Health of(List<Table.Column> columns) {
    List<String> names =
        columns.stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList();
    return new Health(
        first(names, STATUS),
        first(names, FLAGS),
        names.indexOf("ready"),
        names.indexOf("desired"),
        names.indexOf("completions"));
  }

  /// The columns it looks at.
  BitSet columns() {
    BitSet columns = new BitSet();
    for (int column : new int[] {status, flag, ready, desired, completions}) {
      if (column >= 0) {
        columns.set(column);
      }
    }
    return columns;
  }

  /// How the object of this row is.
  Verdict of(Table.Row row) {
    Optional<int[]> fraction = fraction(cell(row, ready));
    if (status >= 0) {
      String word = cell(row, status).replaceFirst(":\\d+/\\d+$", "");
      int rank = rank(word);
      boolean waiting =
          word.equals("Running") && fraction.isPresent() && fraction.get()[0] < fraction.get()[1];
      return waiting ? new Verdict(UNSETTLED, "Running, not ready") : new Verdict(rank, word);
    }
    if (fraction.isPresent()) {
      return ready(fraction.get()[0], fraction.get()[1]);
    }
    if (completions >= 0) {
      Optional<int[]> done = fraction(cell(row, completions));
      return done.isPresent() && done.get()[0] >= done.get()[1]
          ? new Verdict(GOOD, "complete")
          : new Verdict(UNSETTLED, "not complete");
    }
    if (desired >= 0 && ready >= 0) {
      return ready(number(cell(row, ready)), number(cell(row, desired)));
    }
    String word = cell(row, flag);
    return switch (word.toLowerCase(Locale.ROOT).split(" ", 2)[0]) {
      case "true" -> new Verdict(GOOD, "ready");
      case "false" -> new Verdict(BAD, "not ready");
      case "unknown" -> new Verdict(UNSETTLED, "unknown");
      default -> new Verdict(GOOD, "");
    };
  }

  private static Verdict ready(int ready, int wanted) {
    if (wanted == 0) {
      return new Verdict(GOOD, "scaled to zero");
    }
    if (ready >= wanted) {
      return new Verdict(GOOD, "ready");
    }
    return ready == 0 ? new Verdict(BAD, "not ready") : new Verdict(UNSETTLED, "partly ready");
  }

  private static int rank(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || GOOD_WORDS.contains(lower)) {
      return GOOD;
    }
    return BAD_WORDS.stream().anyMatch(lower::contains) ? BAD : UNSETTLED;
  }

  private static Optional<int[]> fraction(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0) {
      return Optional.empty();
    }
    int part = number(text.substring(0, slash));
    int whole = number(text.substring(slash + 1));
    return part < 0 || whole < 0 ? Optional.empty() : Optional.of(new int[] {part, whole});
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(text);
  }

  private static String cell(Table.Row row, int column) {
    return column < 0 ? "" : row.cell(column);
  }

  private static int first(List<String> names, List<String> wanted) {
    for (String name : wanted) {
      int at = names.indexOf(name);
      if (at >= 0) {
        return at;
      }
    }
    return -1;
  }
}
