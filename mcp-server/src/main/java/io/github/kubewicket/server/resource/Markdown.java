package io.github.kubewicket.server.resource;

import io.github.kubewicket.server.cluster.Untrusted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text in Markdown that ends before its budget does. What comes from the cluster or from an
/// agent is put into code spans, where it is nothing but text.
final class Markdown {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .,:;/()%+-]*");
  private static final String FULL = "\n… more does not fit into one answer.\n";

  private final StringBuilder text = new StringBuilder();
  private int room;
  private boolean full;

  /// @param budget bytes of UTF-8
  Markdown(int budget) {
    this.room = budget - size(FULL);
  }

  /// One line, or a note that there is no room for it and what follows.
  Markdown line(String line) {
    int size = size(line) + 1;
    if (full || size > room) {
      full = true;
      return this;
    }
    room -= size;
    text.append(line).append('\n');
    return this;
  }

  /// An empty line.
  Markdown gap() {
    return line("");
  }

  /// A row of a table.
  Markdown row(List<String> cells) {
    return line(cells.stream().map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |")));
  }

  /// The first two lines of a table.
  Markdown head(List<String> columns) {
    return row(columns).line("|" + " --- |".repeat(columns.size()));
  }

  /// The text, within the budget.
  String text() {
    return full ? text + FULL : text.toString();
  }

  /// A text of others, as it is where it says nothing to Markdown, else as code.
  static String quoted(String text, int longest) {
    String line = Untrusted.line(text, longest);
    if (line.isEmpty() || PLAIN.matcher(line).matches()) {
      return line;
    }
    return "`" + line.replace('`', '\'') + "`";
  }

  private static String cell(String text) {
    // A bar ends a cell even within code (GitHub Flavored Markdown, 4.10).
    return quoted(text.replace('|', '¦'), 160);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
