package io.github.kubewicket.policy.config;

import java.util.Optional;

/// Says what is wrong with a cron schedule.
@FunctionalInterface
interface CronSyntax {
  /// Five fields of digits, letters and `* / , - ?`, or a name such as `@daily`.
  CronSyntax FIVE_FIELDS = CronSyntax::shape;

  /// One sentence; empty where the schedule is right.
  Optional<String> fault(String schedule);

  private static Optional<String> shape(String schedule) {
    if (schedule.matches("@(hourly|daily|midnight|weekly|monthly|yearly|annually)")) {
      return Optional.empty();
    }
    String[] fields = schedule.strip().split(" +", -1);
    if (fields.length != 5) {
      return Optional.of(
          "it has "
              + fields.length
              + " fields; write minute, hour, day of the month, month and day of the week, such as"
              + " \"0 2 * * *\".");
    }
    int[] least = {0, 0, 1, 1, 0};
    int[] most = {59, 23, 31, 12, 7};
    for (int i = 0; i < fields.length; i++) {
      if (!fits(fields[i], most[i])) {
        return Optional.of(
            "its field "
                + (i + 1)
                + " is not *, a number from "
                + least[i]
                + " to "
                + most[i]
                + ", a list, a range or a step.");
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String field, int most) {
    if (!field.matches("[0-9A-Za-z*?/,-]{1,100}") || field.matches(".*[,/-]|[,/-].*|.*[,/-]{2}.*")) {
      return false;
    }
    for (String part : field.split("[,/-]", -1)) {
      boolean isNumber = part.matches("[0-9]{1,2}");
      if (isNumber && Integer.parseInt(part) > most) {
        return false;
      }
      if (!isNumber && !part.matches("\\*|\\?|[A-Za-z]{3}")) {
        return false;
      }
    }
    return true;
  }
}
