package io.github.kubewicket.policy.rules;

import java.util.Optional;

/// What Kubernetes allows as a label's key and value: `IsQualifiedName` and `IsValidLabelValue` of
/// k8s.io/apimachinery/pkg/util/validation.
public final class LabelSyntax {
  private static final int NAME = 63;
  private static final int PREFIX = 253;

  private LabelSyntax() {}

  /// What is wrong with a label's key, in words that follow the quoted key; empty where it is
  /// right.
  public static Optional<String> keyFault(String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    String name = key.substring(slash + 1);
    if (slash >= 0 && !isSubdomain(prefix)) {
      return Optional.of("needs a DNS name in lower case before the /, such as example.com/team");
    }
    return name.isEmpty() || !isName(name)
        ? Optional.of(
            "is not a label key: 1 to 63 letters, digits, '-', '_' or '.', with a letter or digit at"
                + " both ends")
        : Optional.empty();
  }

  /// What is wrong with a label's value, in words that follow the quoted value; empty where it is
  /// right. The empty value is right.
  public static Optional<String> valueFault(String value) {
    return value.isEmpty() || isName(value)
        ? Optional.empty()
        : Optional.of(
            "is not a label value: up to 63 letters, digits, '-', '_' or '.', with a letter or digit"
                + " at both ends");
  }

  private static boolean isName(String text) {
    return text.length() <= NAME
        && isAlphanumeric(text.charAt(0))
        && isAlphanumeric(text.charAt(text.length() - 1))
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_' || c == '.');
  }

  private static boolean isSubdomain(String text) {
    if (text.isEmpty() || text.length() > PREFIX) {
      return false;
    }
    for (int start = 0; start <= text.length(); ) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isSubdomainPart(text.substring(start, end))) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isSubdomainPart(String part) {
    return !part.isEmpty()
        && part.charAt(0) != '-'
        && part.charAt(part.length() - 1) != '-'
        && part.chars().allMatch(c -> c == '-' || isDigit(c) || isLower(c));
  }

  private static boolean isAlphanumeric(int c) {
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
