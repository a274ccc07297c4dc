package io.github.kubewicket.demo.logs;

import io.github.kubewicket.demo.control.Behaviour;
import io.github.kubewicket.demo.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What the programs in the containers print. `programs.json` has, per image name, lines at the
/// start, lines that come again and again, and lines before a crash. The same program at the same
/// time prints the same lines.
final class Programs {
  /// A log that has grown longer has lost its beginning.
  private static final int MAX_LINES = 3_000;

  private static final Duration BETWEEN_FIRST = Duration.ofMillis(180);

  private final JsonNode programs = Json.resource(Programs.class, "programs.json");

  /// The lines of a run.
  ///
  /// @param image of the container
  /// @param start of the run
  /// @param end of the run, or now
  /// @param crashed whether the run ended with an error
  /// @param values for the placeholders in the lines
  List<Line> run(
      String image, Instant start, Instant end, boolean crashed, Map<String, String> values) {
    String name = image.substring(image.lastIndexOf('/') + 1).split("[:@]", 2)[0];
    JsonNode program = programs.has(name) ? programs.path(name) : programs.path("other");
    List<Line> lines = new ArrayList<>();
    Instant time = start;
    for (JsonNode text : program.path("start")) {
      time = time.plus(BETWEEN_FIRST);
      add(lines, time, end, text.asString(), 0, values);
    }
    for (JsonNode text : crashed ? program.path("crash") : Json.array()) {
      time = time.plus(BETWEEN_FIRST);
      lines.add(line(time.isAfter(end) ? end : time, text.asString(), 0, values));
    }
    if (!crashed) {
      again(lines, program, time, end, values);
    }
    return lines;
  }

  /// The placeholders of a behaviour.
  static Map<String, String> values(Behaviour behaviour, String pod, String token) {
    return switch (behaviour) {
      case Behaviour.CannotResolve(String variable, String host) ->
          Map.of("variable", variable, "host", host, "pod", pod, "token", token);
      case Behaviour.Serves(), Behaviour.NeverReady(), Behaviour.NoImage(), Behaviour.Works() ->
          Map.of("variable", "DATABASE_HOST", "host", "db", "pod", pod, "token", token);
    };
  }

  private static void again(
      List<Line> lines, JsonNode program, Instant from, Instant end, Map<String, String> values) {
    JsonNode texts = program.path("lines");
    long every = Json.number(program, 5_000, "everyMillis");
    long count = Math.max(0, Duration.between(from, end).toMillis() / every);
    for (long i = Math.max(0, count - MAX_LINES); i < count && !texts.isEmpty(); i++) {
      String text = texts.path((int) (i % texts.size())).asString();
      add(lines, from.plusMillis((i + 1) * every), end, text, i, values);
    }
  }

  private static void add(
      List<Line> lines,
      Instant time,
      Instant end,
      String text,
      long number,
      Map<String, String> values) {
    if (!time.isAfter(end)) {
      lines.add(line(time, text, number, values));
    }
  }

  private static Line line(Instant time, String text, long number, Map<String, String> values) {
    String filled =
        text.replace("{time}", time.toString())
            .replace("{n}", Long.toString(1_000 + number))
            .replace("{ms}", Long.toString(3 + number * 37 % 90));
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return new Line(time, filled);
  }
}
