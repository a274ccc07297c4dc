package io.github.kubewicket.server.tools.read;

import com.google.re2j.Pattern;
import io.github.kubewicket.server.cluster.LogLine;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// Keeps the newest lines of one log while it streams by: filtered, clipped, repeated ones counted,
/// in bounded memory.
final class LogTail {
  private static final int LONGEST = 500;

  private final String pod;
  private final Optional<Pattern> grep;
  private final int most;
  private final long room;
  private final ArrayDeque<Entry> newest = new ArrayDeque<>();
  private long held;
  private int read;
  private int matched;

  /// One line, or several equal ones in a row.
  ///
  /// @param pod whose it is
  /// @param time of the last of them
  /// @param text clipped
  /// @param times how many
  record Entry(String pod, String time, String text, int times) {}

  /// @param grep only lines in which it matches
  /// @param most how many lines are kept
  /// @param room how many characters are kept
  LogTail(String pod, Optional<Pattern> grep, int most, long room) {
    this.pod = pod;
    this.grep = grep;
    this.most = most;
    this.room = room;
  }

  /// Takes the next line. Always wants more.
  ///
  /// The expression sees the redacted line: matched against the raw one, it would tell a secret
  /// letter by letter.
  boolean take(LogLine line) {
    read++;
    if (grep.isPresent() && !grep.get().matcher(line.text()).find()) {
      return true;
    }
    matched++;
    String text = clipped(line);
    Entry last = newest.peekLast();
    if (last != null && last.text().equals(text)) {
      newest.removeLast();
      newest.addLast(new Entry(pod, line.time(), text, last.times() + 1));
      return true;
    }
    newest.addLast(new Entry(pod, line.time(), text, 1));
    held += text.length() + 60L;
    while (newest.size() > most || (held > room && newest.size() > 1)) {
      held -= newest.removeFirst().text().length() + 60L;
    }
    return true;
  }

  private static String clipped(LogLine line) {
    String text = line.text().stripTrailing();
    int hidden = line.hidden() + Math.max(0, text.length() - LONGEST);
    return hidden == 0 ? text : Untrusted.clip(text, LONGEST) + "… [+" + hidden + " characters]";
  }

  /// The kept lines, oldest first.
  List<Entry> entries() {
    return List.copyOf(newest);
  }

  /// How many lines were read.
  int read() {
    return read;
  }

  /// How many of them matched.
  int matched() {
    return matched;
  }
}
