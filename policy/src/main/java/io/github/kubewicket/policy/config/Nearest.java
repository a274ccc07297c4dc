package io.github.kubewicket.policy.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// What was probably meant by a word that is not among the allowed ones.
final class Nearest {
  private static final int LONGEST = 80;

  private Nearest() {}

  /// The end of a sentence: `; did you mean "tier"?`, or a full stop where nothing is near.
  static String hint(String wrong, Collection<String> allowed) {
    return of(wrong, allowed).map(near -> "; did you mean \"" + near + "\"?").orElse(".");
  }

  /// The allowed word with the fewest typing errors between, if they are few for its length; else
  /// one that begins with the wrong word.
  static Optional<String> of(String wrong, Collection<String> allowed) {
    String given = plain(wrong);
    if (given.isEmpty() || given.length() > LONGEST) {
      return Optional.empty();
    }
    String best = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : allowed) {
      String word = plain(candidate);
      int errors = errors(given, word);
      if (errors < fewest && errors <= Math.max(1, Math.min(given.length(), word.length()) / 3)) {
        best = candidate;
        fewest = errors;
      }
    }
    return best.isEmpty()
        ? allowed.stream()
            .filter(word -> given.length() > 2 && plain(word).startsWith(given))
            .findFirst()
        : Optional.of(best);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  private static int errors(String from, String to) {
    int[] before = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
