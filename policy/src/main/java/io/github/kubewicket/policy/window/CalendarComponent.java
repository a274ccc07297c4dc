package io.github.kubewicket.policy.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A component of a calendar as it stands in the text: nothing in it is interpreted.
final class CalendarComponent {
  private final String name;
  private final List<Line> lines = new ArrayList<>();
  private final List<CalendarComponent> parts = new ArrayList<>();

  CalendarComponent(String name) {
    this.name = name.toUpperCase(Locale.ROOT);
  }

  /// One content line.
  ///
  /// @param name in capitals
  /// @param parameters by their names in capitals
  record Line(String name, Map<String, String> parameters, String value) {
    Line {
      parameters = Map.copyOf(parameters);
    }

    /// A parameter without its quotes.
    Optional<String> parameter(String parameter) {
      return Optional.ofNullable(parameters.get(parameter)).map(it -> it.replace("\"", ""));
    }

    boolean isDate() {
      return parameter("VALUE").filter("DATE"::equalsIgnoreCase).isPresent();
    }
  }

  void add(Line line) {
    lines.add(line);
  }

  void add(CalendarComponent part) {
    parts.add(part);
  }

  String name() {
    return name;
  }

  List<CalendarComponent> parts() {
    return List.copyOf(parts);
  }

  List<Line> all(String line) {
    return lines.stream().filter(it -> it.name().equals(line)).toList();
  }

  Optional<Line> first(String line) {
    return lines.stream().filter(it -> it.name().equals(line)).findFirst();
  }

  boolean says(String line, String value) {
    return first(line).filter(it -> it.value().strip().equalsIgnoreCase(value)).isPresent();
  }

  Line required(String line) throws CalendarFault {
    return first(line).orElseThrow(() -> new CalendarFault("has a " + name + " without " + line));
  }
}
