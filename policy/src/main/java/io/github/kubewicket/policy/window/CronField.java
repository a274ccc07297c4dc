package io.github.kubewicket.policy.window;

import java.util.List;
import java.util.Locale;

/// One of the five fields of a cron schedule, and how its text becomes a set of numbers.
enum CronField {
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY_OF_MONTH("day of the month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /// 7 is read as Sunday too; it becomes 0.
  DAY_OF_WEEK("day of the week", 0, 7, "SUN MON TUE WED THU FRI SAT");

  /// Set besides the numbers where the field says nothing, as `*` does: such a day field does not
  /// take part in the choice between the two.
  static final long ANY = 1L << 63;

  private static final int MOST_DIGITS = 3;

  private final String title;
  private final int least;
  private final int most;
  private final String names;

  CronField(String title, int least, int most, String names) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /// The numbers that the text stands for, one bit each, and [#ANY].
  ///
  /// @throws Fault where the text is not one
  long bits(String text) throws Fault {
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(item, text);
    }
    return bits;
  }

  private long item(String item, String field) throws Fault {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    int step = slash < 0 ? 1 : step(item.substring(slash + 1), field);
    if (range.equals("*") || range.equals("?")) {
      return numbers(least, last(), step) | (step == 1 ? ANY : 0);
    }
    int dash = range.indexOf('-');
    int from = number(dash < 0 ? range : range.substring(0, dash), field);
    // A single number with a step counts up from it, as robfig/cron has it.
    int to = dash >= 0 ? number(range.substring(dash + 1), field) : slash < 0 ? from : last();
    if (to < from) {
      throw fault(field, "the range " + range + " ends before it begins");
    }
    return numbers(from, to, step);
  }

  private int last() {
    return this == DAY_OF_WEEK ? 6 : most;
  }

  private long numbers(int from, int to, int step) {
    long bits = 0;
    for (int number = from; number <= to; number += step) {
      bits |= 1L << (this == DAY_OF_WEEK ? number % 7 : number);
    }
    return bits;
  }

  private int step(String text, String field) throws Fault {
    int step = digits(text);
    if (step < 1 || step > most) {
      throw fault(field, "the step " + text + " is not a number from 1 to " + most);
    }
    return step;
  }

  private int number(String text, String field) throws Fault {
    List<String> known = List.of(names.split(" "));
    int name = text.isEmpty() ? -1 : known.indexOf(text.toUpperCase(Locale.ROOT));
    int number = name < 0 ? digits(text) : name + least;
    if (number < least || number > most) {
      String also = names.isEmpty() ? "" : ", or " + known.getFirst() + " to " + known.getLast();
      throw fault(field, "`" + text + "` is not a number from " + least + " to " + most + also);
    }
    return number;
  }

  private static int digits(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }

  private Fault fault(String field, String what) {
    return new Fault("The " + title + " `" + field + "` cannot be read: " + what + ".");
  }

  /// A schedule that is none; the message is a sentence for people.
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message, null, false, false);
    }
  }
}
