package io.github.kubewicket.policy.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One field of the file and the reading of it as this or that. What does not fit becomes a problem
/// here, so an empty answer has always been reported.
///
/// @param path such as `rules[2].tier`
record Field(Yaml value, String path, Problems problems) {
  private static final int MOST_ITEMS = Keys.MOST_ITEMS;
  private static final String NO_QUOTES = "; write it without quotes.";
  private static final String SWITCH = "on or off";
  private static final int LONGEST_HINT = 40;

  /// Reports a problem at this field.
  void problem(String message) {
    problems.add(value.at(), path, message);
  }

  /// Its line, from 1.
  int line() {
    return value.at().line();
  }

  /// Non-empty text.
  ///
  /// @param what such as `a name such as on-call`
  Optional<String> text(String what) {
    if (value instanceof Yaml.Text(String text, boolean _, var _)
        && !value.isNothing()
        && !text.isEmpty()) {
      return Optional.of(text);
    }
    return unexpected(what);
  }

  /// Non-empty text on one line, for people.
  ///
  /// @param longest in characters
  Optional<String> sentence(String what, int longest) {
    Optional<String> text = text(what);
    if (text.isPresent()
        && (text.get().isBlank() || text.get().chars().anyMatch(Character::isISOControl))) {
      return unexpected(what + ", on one line");
    }
    return atMost(text, longest);
  }

  /// Non-empty text of several lines at most so long, without blanks around it.
  Optional<String> lines(String what, int longest) {
    Optional<String> text = text(what).map(String::strip);
    return text.isPresent() && text.get().isEmpty() ? unexpected(what) : atMost(text, longest);
  }

  private Optional<String> atMost(Optional<String> text, int longest) {
    if (text.isPresent() && text.get().length() > longest) {
      problem("The text has " + text.get().length() + " characters; " + longest + " are allowed.");
      return Optional.empty();
    }
    return text;
  }

  /// A switch: `on` or `off`, `true` or `false`, without quotes.
  Optional<Boolean> onOff() {
    if (!(value instanceof Yaml.Text(String text, boolean plain, var _))) {
      return unexpected(SWITCH);
    }
    if (isWord("on", "true") || isWord("off", "false")) {
      return Optional.of(isWord("on", "true"));
    }
    String word = text.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "on", "true", "yes" -> unexpected(SWITCH, plain ? "; write on." : NO_QUOTES);
      case "off", "false", "no" -> unexpected(SWITCH, plain ? "; write off." : NO_QUOTES);
      default -> unexpected(SWITCH);
    };
  }

  /// Whether it is one of these words without quotes.
  boolean isWord(String... words) {
    return value instanceof Yaml.Text(String text, boolean plain, var _)
        && plain
        && Arrays.asList(words).contains(text);
  }

  /// One of these words.
  Optional<String> word(List<String> words) {
    String what = "one of " + String.join(", ", words);
    Optional<String> word = text(what);
    return word.isPresent() && !words.contains(word.get())
        ? unexpected(what, Nearest.of(word.get(), words))
        : word;
  }

  /// A whole number without quotes.
  Optional<Integer> wholeNumber(int min, int max) {
    String what = "a whole number from " + min + " to " + max;
    if (!(value instanceof Yaml.Text(String text, boolean plain, var _)) || !isWholeNumber(text)) {
      return unexpected(what);
    }
    if (!plain) {
      return unexpected(what, NO_QUOTES);
    }
    int number = Integer.parseInt(text);
    return number >= min && number <= max ? Optional.of(number) : unexpected(what);
  }

  // A leading zero is refused: some read it as octal.
  private static boolean isWholeNumber(String text) {
    return !text.isEmpty()
        && text.length() < 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && (text.length() == 1 || text.charAt(0) != '0');
  }

  /// A duration within bounds, which are given as text and spelled in the message.
  Optional<Duration> duration(String min, String max) {
    String what = "a duration from " + min + " to " + max + ", such as 90s, 15m or 1h30m";
    Optional<String> text = text(what);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> read = Durations.parse(text.get());
    if (read.isEmpty()) {
      return unexpected(what, Durations.meant(text.get()));
    }
    Duration duration = read.get();
    return duration.compareTo(Durations.parse(min).orElseThrow()) < 0
            || duration.compareTo(Durations.parse(max).orElseThrow()) > 0
        ? unexpected(what)
        : read;
  }

  /// The entries of a list; each has its own path.
  Optional<List<Field>> items(String what) {
    if (!(value instanceof Yaml.Sequence(List<Yaml> items, var _))) {
      return value instanceof Yaml.Mapping
          ? unexpected(what, "; begin each entry with \"- \".")
          : unexpected(what);
    }
    if (items.size() > MOST_ITEMS) {
      problem("The list has " + items.size() + " entries; " + MOST_ITEMS + " are allowed.");
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      fields.add(new Field(items.get(i), path + "[" + i + "]", problems));
    }
    return Optional.of(fields);
  }

  /// A list of different texts, at least one, by text in the file's order.
  Map<String, Field> names(String what, String item) {
    Map<String, Field> names = new LinkedHashMap<>();
    if (value instanceof Yaml.Text(String text, boolean plain, var _)
        && !value.isNothing()
        && text.length() <= LONGEST_HINT) {
      unexpected(what, "; did you mean [" + (plain ? text : Quoted.of(text)) + "]?");
      return names;
    }
    Optional<List<Field>> items = items(what);
    if (items.isPresent() && items.get().isEmpty()) {
      problem("The list is empty; expected " + what + ".");
    }
    for (Field field : items.orElse(List.of())) {
      field
          .text(item)
          .ifPresent(text -> {
            Field first = names.putIfAbsent(text, field);
            if (first != null) {
              field.problem(Quoted.of(text) + twice(first, field) + "; remove one of them.");
            }
          });
    }
    return names;
  }

  /// ` stands twice`, and where the first is.
  static String twice(Field first, Field second) {
    return first.line() == second.line()
        ? " stands twice in this line"
        : " stands at line " + first.line() + " already";
  }

  /// Keys with values.
  Optional<Fields> fields(String what, Block allowed) {
    return value instanceof Yaml.Mapping mapping
        ? Optional.of(Fields.of(this, mapping, allowed))
        : unexpected(what);
  }

  /// Reports that something else was expected, and what was probably meant.
  <T> Optional<T> unexpected(String what, Optional<String> meant) {
    return unexpected(what, meant.map(it -> "; did you mean \"" + it + "\"?").orElse("."));
  }

  /// Reports that something else was expected.
  <T> Optional<T> unexpected(String what) {
    return unexpected(what, ".");
  }

  /// Reports that something else was expected, with another end of the sentence than a full stop.
  <T> Optional<T> unexpected(String what, String end) {
    if (!(value instanceof Yaml.Refused)) {
      problem("Expected " + what + ", but found " + value.describe() + end);
    }
    return Optional.empty();
  }
}
