package io.github.kubewicket.server.cluster;

/// Text that workloads, controllers and people wrote into the cluster: data, never instructions,
/// and never able to hide or to move a cursor.
public final class Untrusted {
  private static final char ESC = 0x1b;

  private Untrusted() {}

  /// The text without terminal sequences, control characters (but `\n` and `\t`), zero-width and
  /// bidirectional characters, Unicode tags and broken surrogates. The same instance where there is
  /// nothing to remove.
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f) {
        return rewritten(text, i);
      }
    }
    return text;
  }

  /// As [#clean], on one line of at most `max` characters.
  public static String line(String text, int max) {
    String one = clean(text).replace('\n', ' ').replace('\t', ' ').strip();
    return one.length() <= max ? one : clip(one, max - 1) + "…";
  }

  /// The first `length` characters, never half of a surrogate pair.
  public static String clip(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  private static String rewritten(String text, int from) {
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ESC) {
        i = afterSequence(text, i + 1);
        continue;
      }
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\r') {
        if (i >= text.length() || text.charAt(i) != '\n') {
          out.append('\n');
        }
      } else if (point == 0x2028 || point == 0x2029 || point == 0x85) {
        out.append('\n');
      } else if (point >= 0xd800 && point <= 0xdfff) {
        out.append('\ufffd');
      } else if (!hidden(point)) {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  /// Where a terminal sequence ends that began with an escape before `start` (ECMA-48: CSI ends in
  /// a byte from `@` to `~`; OSC, DCS, SOS, PM and APC end in BEL or ESC \).
  private static int afterSequence(String text, int start) {
    if (start >= text.length()) {
      return start;
    }
    int i = start + 1;
    switch (text.charAt(start)) {
      case '[' -> {
        while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x3f) {
          i++;
        }
        return Math.min(text.length(), i + 1);
      }
      case ']', 'P', 'X', '^', '_' -> {
        // An unfinished one must not swallow what follows on the next line.
        while (i < text.length() && text.charAt(i) != '\n') {
          if (text.charAt(i) == 0x07) {
            return i + 1;
          }
          if (text.charAt(i) == ESC) {
            return Math.min(text.length(), i + 2);
          }
          i++;
        }
        return i;
      }
      default -> {
        return i;
      }
    }
  }

  private static boolean hidden(int point) {
    return (point < 0x20 && point != '\n' && point != '\t')
        || (point >= 0x7f && point <= 0x9f)
        || point == 0xad
        || point == 0x61c
        || point == 0x180e
        || (point >= 0x200b && point <= 0x200f)
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2060 && point <= 0x206f)
        || point == 0xfeff
        || (point >= 0xfff9 && point <= 0xfffb)
        // Tags and the supplementary variation selectors carry invisible text.
        || (point >= 0xe0000 && point <= 0xe0fff);
  }
}
