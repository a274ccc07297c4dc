package io.github.kubewicket.server.cluster;

import java.util.Locale;

/// Masks `password=…`, `"apiKey": "…"` and `--token …`: a name that says secret, and the value
/// after it. Written by hand, as these are in every second log line; one pass, each character
/// looked at a bounded number of times.
final class SecretPairs {
  private static final int LONGEST_NAME = 128;
  private static final String[] ENDS = {
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "privatekey",
    "private_key",
    "private-key",
    "accesskey",
    "access_key",
    "access-key",
    "credential",
    "credentials",
    "connectionstring",
    "connection_string",
    "connection-string",
    "pwd",
    "_pass",
    ".pass",
    "-pass",
    "client-key-data"
  };

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int copied;

  private SecretPairs(String text) {
    this.text = text;
  }

  /// The text with these values masked. The same instance where there is none.
  static String mask(String text) {
    return new SecretPairs(text).run();
  }

  private String run() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if ((c == '=' || c == ':') && namedBefore(i)) {
        i = maskValue(i + 1);
      } else if (c == '-' && (i == 0 || " \t\n\"'".indexOf(text.charAt(i - 1)) >= 0)) {
        i = flag(i);
      } else {
        i++;
      }
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /// Whether a secret's name, perhaps in quotes, ends before this sign.
  private boolean namedBefore(int sign) {
    int end = sign;
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      if (sign - end > 8) {
        return false;
      }
      end--;
    }
    if (end > 0 && (text.charAt(end - 1) == '"' || text.charAt(end - 1) == '\'')) {
      end--;
    }
    while (end > 0 && text.charAt(end - 1) == '\\' && sign - end < 16) {
      end--;
    }
    return secret(end);
  }

  /// Whether the name that ends here is a secret's.
  private boolean secret(int end) {
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && inName(text.charAt(start - 1))) {
      start--;
    }
    if (end - start < 3) {
      return false;
    }
    String name = text.substring(start, end).toLowerCase(Locale.ROOT);
    for (String word : ENDS) {
      if (name.endsWith(word)) {
        return true;
      }
    }
    return false;
  }

  /// `--db-password hunter2`: answers where to go on.
  private int flag(int dash) {
    int end = dash;
    while (end < text.length() && inName(text.charAt(end))) {
      end++;
    }
    int value = end;
    while (value < text.length() && (text.charAt(value) == ' ' || text.charAt(value) == '\t')) {
      value++;
    }
    boolean follows =
        value > end && value < text.length() && "\"'-".indexOf(text.charAt(value)) < 0;
    return follows && secret(end) ? maskValue(value) : Math.max(end, dash + 1);
  }

  /// Masks the value that begins after blanks from here; answers where it ends.
  private int maskValue(int from) {
    int start = from;
    if (start < text.length() && text.charAt(start) == '>') {
      start++;
    }
    while (start < text.length() && " \t\\".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    if (start >= text.length()) {
      return start;
    }
    char first = text.charAt(start);
    int end = first == '"' || first == '\'' ? quoted(start, first) : plain(start);
    if (end == start) {
      return Math.max(from, start);
    }
    out.append(text, copied, start).append(SecretShapes.MASK);
    copied = end;
    return end;
  }

  private int quoted(int start, char quote) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end++;
    }
    return end < text.length() && text.charAt(end) == quote ? end + 1 : end;
  }

  private int plain(int start) {
    int end = start;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "\"',;&".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean inName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
