package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.limit.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads `budgets` over the defaults.
final class BudgetReader {
  private static final int MOST = 1_000;
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final String WHAT =
      "a budget such as 3/1h: 0 to 1000 acts in any window of 1s to 31d";

  private BudgetReader() {}

  /// The budgets of a file that says nothing about them, from the narrowest scope to the widest.
  static List<Budget> defaults() {
    List<Budget> budgets = new ArrayList<>();
    for (ChangeClass changeClass : ChangeClass.values()) {
      for (Scope scope : scopes(changeClass)) {
        budgets.add(new Budget(changeClass, scope, usual(changeClass, scope), Duration.ofHours(1)));
      }
    }
    return List.copyOf(budgets);
  }

  /// The defaults, with those that the file sets in their place.
  static List<Budget> read(Fields byClass) {
    List<Budget> budgets = new ArrayList<>(defaults());
    for (ChangeClass changeClass : ChangeClass.values()) {
      byClass
          .block(changeClass.word(), "{namespace: 3/1h}")
          .ifPresent(keys -> replace(budgets, changeClass, keys));
    }
    return List.copyOf(budgets);
  }

  private static void replace(List<Budget> budgets, ChangeClass changeClass, Fields keys) {
    budgets.replaceAll(budget ->
        budget.changeClass() == changeClass
            ? keys.getUnlessEmpty(budget.scope().word())
                .flatMap(field -> budget(field, budget))
                .orElse(budget)
            : budget);
  }

  private static Optional<Budget> budget(Field field, Budget usual) {
    return rate(field, WHAT, 0)
        .map(rate -> new Budget(usual.changeClass(), usual.scope(), rate.max(), rate.window()));
  }

  /// So many in any window of that length.
  record Rate(int max, Duration window) {}

  /// Reads `3/1h`.
  ///
  /// @param least the fewest that make sense
  static Optional<Rate> rate(Field field, String what, int least) {
    Optional<String> text = field.text(what);
    int slash = text.map(it -> it.indexOf('/')).orElse(-1);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> max = slash < 0 ? Optional.empty() : count(text.get().substring(0, slash));
    Optional<Duration> window = Durations.parse(text.get().substring(slash + 1));
    return max.isEmpty()
            || max.get() < least
            || window.isEmpty()
            || window.get().isZero()
            || window.get().compareTo(LONGEST) > 0
        ? field.unexpected(what, meant(text.get()))
        : Optional.of(new Rate(max.get(), window.get()));
  }

  // A number alone is most likely meant per hour.
  private static Optional<String> meant(String text) {
    return count(text).map(max -> max + "/1h");
  }

  private static Optional<Integer> count(String digits) {
    boolean fits =
        !digits.isEmpty()
            && digits.length() <= 4
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return fits ? Optional.of(Integer.valueOf(digits)).filter(n -> n <= MOST) : Optional.empty();
  }

  // A pod cannot be scaled, so scale has no budget for one.
  private static List<Scope> scopes(ChangeClass changeClass) {
    return Arrays.stream(Scope.values())
        .filter(scope -> changeClass == ChangeClass.RESTART || scope != Scope.POD)
        .toList();
  }

  private static int usual(ChangeClass changeClass, Scope scope) {
    boolean restart = changeClass == ChangeClass.RESTART;
    return switch (scope) {
      case POD -> 1;
      case WORKLOAD -> restart ? 1 : 2;
      case NAMESPACE -> restart ? 3 : 4;
      case CLUSTER, TOOL -> 10;
      case CALLER -> 6;
    };
  }
}
