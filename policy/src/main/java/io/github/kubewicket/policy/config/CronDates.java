package io.github.kubewicket.policy.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Whether a cron schedule names days that no calendar has, such as 30 February.
final class CronDates {
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final int[] DAYS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CronDates() {}

  /// Only sure answers: schedules with ranges or steps in these fields are taken as possible. A day
  /// of the week gives a schedule other days besides.
  static boolean isNever(String schedule) {
    String[] fields = schedule.strip().split(" +", -1);
    if (fields.length != 5 || !(fields[4].equals("*") || fields[4].equals("?"))) {
      return false;
    }
    List<String> days = Arrays.asList(fields[2].split(",", -1));
    List<String> months = Arrays.asList(fields[3].toLowerCase(Locale.ROOT).split(",", -1));
    return days.stream().allMatch(day -> day.matches("[0-9]{1,2}"))
        && months.stream().allMatch(month -> month(month) > 0)
        && days.stream()
            .allMatch(
                day -> months.stream().allMatch(it -> Integer.parseInt(day) > DAYS[month(it)]));
  }

  private static int month(String text) {
    int number = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : MONTHS.indexOf(text);
    return number >= 1 && number <= 12 ? number : 0;
  }
}
