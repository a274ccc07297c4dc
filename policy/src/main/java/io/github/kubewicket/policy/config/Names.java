package io.github.kubewicket.policy.config;

import java.util.Locale;
import java.util.Optional;

/// Names as Kubernetes spells them: DNS labels of RFC 1123.
final class Names {
  private static final int LONGEST = 63;

  private Names() {}

  /// 1 to 63 lower-case letters, digits and dashes, with a letter or digit at both ends.
  static boolean isLabel(String text) {
    return isLabelStart(text) && text.length() <= LONGEST && !text.endsWith("-");
  }

  /// A namespace, or the beginning of one with `*` behind it, or `*` alone.
  static boolean isNamespacePattern(String text) {
    if (!text.endsWith("*")) {
      return isLabel(text);
    }
    String start = text.substring(0, text.length() - 1);
    return start.isEmpty() || (isLabelStart(start) && start.length() < LONGEST);
  }

  /// Reads a name that people give to something in the file.
  static Optional<String> read(Field field, String example) {
    String what = "a name of up to 63 lower-case letters, digits and dashes, such as " + example;
    Optional<String> name = field.text(what);
    return name.isPresent() && !isLabel(name.get())
        ? field.unexpected(what, meant(name.get()))
        : name;
  }

  /// A kind: a letter in upper case, then letters and digits, 63 at most.
  static boolean isKind(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && isUpper(text.charAt(0))
        && text.chars().allMatch(c -> isLower(c) || isUpper(c) || isDigit(c));
  }

  /// The name that was probably meant: in lower case, with dashes for blanks and underscores.
  static Optional<String> meant(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    while (name.endsWith("-")) {
      name = name.substring(0, name.length() - 1);
    }
    return Optional.of(name).filter(Names::isLabel);
  }

  private static boolean isLabelStart(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.chars().allMatch(c -> c == '-' || isLower(c) || isDigit(c));
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
