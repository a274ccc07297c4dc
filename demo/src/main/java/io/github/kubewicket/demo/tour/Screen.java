package io.github.kubewicket.demo.tour;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// The transcript: at most 100 columns, in colours where there is a terminal.
final class Screen {
  private static final int WIDTH = 100;
  private static final String MARGIN = "    ";

  private final PrintStream out;
  private final boolean colour;
  private int step;
  private String lastProgress = "";

  Screen(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /// Begins a step with one or two sentences on what it shows.
  void step(String title, String why) {
    step += 1;
    out.println();
    out.println(painted("1", String.format("%2d. %s", step, title)));
    wrapped(why, "", "").forEach(line -> out.println(painted("2", line)));
  }

  /// What somebody types or calls.
  void typed(String who, String what) {
    wrapped(what, who + "> ", "  ").forEach(line -> out.println(painted("36", line)));
  }

  /// Prose or logs: long lines are wrapped.
  void answer(String text) {
    text.lines().flatMap(line -> wrapped(line, "  ", "  ").stream()).forEach(out::println);
  }

  /// How far something has come; said once, however often it is told.
  synchronized void progress(String message) {
    if (!message.equals(lastProgress)) {
      lastProgress = message;
      answer("… " + message);
    }
  }

  /// A table: long lines are cut, so that columns stay columns.
  void table(String text) {
    text.lines().map(line -> cut(MARGIN + "  " + clean(line))).forEach(out::println);
  }

  /// A unified diff, added and removed lines in their colours.
  void diff(String text) {
    for (String line : text.lines().toList()) {
      String paint = line.startsWith("+") ? "32" : line.startsWith("-") ? "31" : "0";
      out.println(painted(paint, cut(MARGIN + "  " + clean(line))));
    }
  }

  /// A no, as the agent reads it.
  void refusal(String text) {
    wrapped(text, "  ", "  ").forEach(line -> out.println(painted("33", line)));
  }

  /// Something to notice.
  void note(String text) {
    wrapped(text, "= ", "  ").forEach(line -> out.println(painted("32", line)));
  }

  /// How it ended.
  void end(boolean good, String text) {
    out.println();
    text.lines().forEach(line -> out.println(painted(good ? "1;32" : "1;31", clean(line))));
  }

  private String painted(String code, String line) {
    return colour ? "\u001b[" + code + "m" + line + "\u001b[0m" : line;
  }

  private static List<String> wrapped(String text, String first, String rest) {
    List<String> lines = new ArrayList<>();
    String line = MARGIN + first + clean(text);
    while (line.length() > WIDTH) {
      int space = line.lastIndexOf(' ', WIDTH);
      int at = space > WIDTH / 2 ? space : WIDTH;
      lines.add(line.substring(0, at));
      line = MARGIN + rest + line.substring(at).stripLeading();
    }
    lines.add(line);
    return lines;
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  /// Kubewicket's answers have no control characters; the reader's terminal does not rely on it.
  private static String clean(String line) {
    return line.replaceAll("\\p{Cntrl}", "?");
  }
}
