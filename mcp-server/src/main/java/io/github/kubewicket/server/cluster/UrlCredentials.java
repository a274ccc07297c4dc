package io.github.kubewicket.server.cluster;

/// Masks `user:password@` and long tokens before the `@` in addresses of any scheme. One pass.
final class UrlCredentials {
  private static final String MARK = "://";
  private static final int TOKEN = 20;

  private UrlCredentials() {}

  /// The text with them masked. The same instance where there is none.
  static String mask(String text) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int copied = 0;
    while (mark >= 0) {
      int start = mark + MARK.length();
      int end = start;
      int at = -1;
      while (end < text.length() && !ends(text.charAt(end))) {
        if (text.charAt(end) == '@') {
          at = end;
        }
        end++;
      }
      if (at > start && credentials(text, start, at)) {
        out.append(text, copied, start).append(SecretShapes.MASK);
        copied = at;
      }
      mark = text.indexOf(MARK, end);
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /// Whether what stands before the last `@` is a user with a password, or a token. A password may
  /// hold a slash, though it should be escaped there; a user may not.
  private static boolean credentials(String text, int start, int at) {
    for (int i = start; i < at; i++) {
      switch (text.charAt(i)) {
        case ':' -> {
          return true;
        }
        case '/', '?', '#', '@' -> {
          return false;
        }
        default -> {
          // Goes on.
        }
      }
    }
    return at - start >= TOKEN;
  }

  private static boolean ends(char c) {
    return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '<' || c == '>';
  }
}
