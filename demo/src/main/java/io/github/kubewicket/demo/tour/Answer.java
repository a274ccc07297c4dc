package io.github.kubewicket.demo.tour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What a tool answered.
///
/// @param text what the model reads
/// @param structured what a program reads
/// @param error whether it failed or was refused
record Answer(String text, JsonNode structured, boolean error) {
  /// A member of the structure as text; empty where there is none.
  String member(String name) {
    return structured.path(name).asString("");
  }

  /// The table of `list_resources`, its columns under each other.
  String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(strings(structured.path("columns")));
    structured.path("rows").forEach(row -> rows.add(strings(row)));
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(row ->
            IntStream.range(0, widths.length)
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                .collect(Collectors.joining("  ")))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  /// The lines of `get_logs`.
  String lines() {
    return String.join("\n", strings(structured.path("lines")));
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /// Goes on only with a refusal of this code.
  Answer mustRefuse(String code) {
    Surprise.unless(
        error && member("code").equals(code), "The answer should be the refusal " + code, text);
    return this;
  }

  /// Goes on only with a change that was done and verified.
  Answer mustBeVerified() {
    Surprise.unless(
        !error && member("result").equals("verified"), "The change should be verified", text);
    return this;
  }

  /// Goes on only with an answer that is no error.
  Answer mustWork() {
    Surprise.unless(!error, "The call should work", text);
    return this;
  }

  /// Goes on only where this holds.
  Answer must(boolean holds, String what) {
    Surprise.unless(holds, what, text + "\n" + structured);
    return this;
  }
}
