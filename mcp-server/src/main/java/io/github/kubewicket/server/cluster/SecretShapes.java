package io.github.kubewicket.server.cluster;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// Masks secrets by what they look like, wherever they stand in a text.
///
/// A shape's expression runs only on a text that holds one of the words it begins with: RE2 is
/// linear but reads some ten megabytes a second, a look for words reads hundreds.
final class SecretShapes {
  static final String MASK = "***";

  /// One known shape.
  ///
  /// @param words one of them is in every text that the expression could match, in lower case
  /// @param expression linear (RE2)
  /// @param replacement with the groups to keep
  private record Shape(List<String> words, Pattern expression, String replacement) {}

  private static final String NAMES =
      "(?:[a-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key"
          + "|access[_-]?key|credentials?|connection[_-]?string|pwd|[_.-]pass)|client-key-data)";

  private static final List<Shape> SHAPES =
      List.of(
          shape(
              "(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----.*?"
                  + "(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|\\z)",
              "*** private key ***",
              "-----begin "),
          shape(
              "LS0tLS1CRUdJTiB(?:SU0Eg|QUklWQVRF|FQyBQ|PUEVOU1NI|FTkNSWVBURUQ)[A-Za-z0-9+/=]*",
              "*** private key ***",
              "ls0tls1crudjtib"),
          shape("eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*)*", MASK, "eyj"),
          shape(
              "\\b((?i:bearer|basic|digest|negotiate))(?:[ \\t]+|%20|\\+)"
                  + "[A-Za-z0-9._~+/-]*[0-9A-Z._~+/=-][A-Za-z0-9._~+/=-]{6,}",
              "$1 " + MASK, "bearer", "basic", "digest ", "negotiate "),
          shape(
              "(?i)((?:proxy-)?authorization[\"']?[ \\t]*[:=][ \\t]*[\"']?)[^\\s\"',;]+"
                  + "(?:[ \\t]+[^\\s\"',;]+)?",
              "$1" + MASK,
              "authorization"),
          shape(
              "\\b(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{16}\\b",
              MASK,
              "akia",
              "asia",
              "aida",
              "aroa",
              "abia",
              "acca"),
          shape(
              "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})",
              MASK,
              "ghp_",
              "gho_",
              "ghu_",
              "ghs_",
              "ghr_",
              "github_pat_"),
          shape(
              "\\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|oas)-[A-Za-z0-9_.-]{16,}",
              MASK,
              "glpat-",
              "glptt-",
              "gldt-",
              "glrt-",
              "glcbt-",
              "glft-",
              "glsoat-",
              "glagent-",
              "gloas-"),
          shape("\\bx(?:ox[abceoprs]|app)-[A-Za-z0-9-]{10,}", MASK, "xox", "xapp-"),
          shape(
              "(hooks\\.slack\\.com/(?:services|workflows)/)[A-Za-z0-9/_-]+",
              "$1" + MASK,
              "hooks.slack.com/"),
          shape("\\bAIza[0-9A-Za-z_-]{30,}|\\bya29\\.[0-9A-Za-z_-]{10,}", MASK, "aiza", "ya29."),
          shape(
              "\\b(?:sk|rk|pk|whsec)_(?:live_|test_)?[0-9A-Za-z]{16,}",
              MASK,
              "sk_",
              "rk_",
              "pk_",
              "whsec_"),
          // A capital, because names of Kubernetes objects have none.
          shape("\\bsk-[a-z0-9_-]*[A-Z][A-Za-z0-9_-]{16,}", MASK, "sk-"),
          shape(
              "\\b(?:npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|hv[sbr]\\.[A-Za-z0-9_-]{20,}"
                  + "|dop_v1_[a-f0-9]{32,}|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,})",
              MASK,
              "npm_",
              "pypi-",
              "hvs.",
              "hvb.",
              "hvr.",
              "dop_v1_",
              "sg."),
          // Passwords with a slash in them are common, though they should be escaped.
          shape(
              "([A-Za-z][A-Za-z0-9+.-]*://)(?:[^\\s/?#\"'<>@]*:[^\\s\"'<>]*|[^\\s/@:\"'<>]{20,})@",
              "$1" + MASK + "@",
              "://"),
          shape(
              "(?i)("
                  + NAMES
                  + "[\\\\]*[\"']?[ \\t]*(?:=|:|=>)[ \\t]*[\\\\]*)"
                  + "(?:\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s\"',;&]+)",
              "$1" + MASK,
              "pass",
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
              "connection",
              "client-key-data",
              "pwd"),
          shape(
              "(?i)((?:^|[\\s\"'])--?" + NAMES + "[ \\t]+)[^\\s\"'-][^\\s\"']*",
              "$1" + MASK,
              "--",
              "-pass",
              "-token",
              "-secret"),
          shape(
              "(?i)\\b(identified by )(?:\"[^\"]*\"|'[^']*'|\\S+)", "$1" + MASK, "identified by "));

  /// For each character, the words that begin with it, in either case.
  private static final Trigger[][] BY_FIRST = triggers();

  private record Trigger(String word, char second, int shape) {}

  private SecretShapes() {}

  /// The text with every known shape masked. The same instance where there is none.
  static String mask(String text) {
    long suspects = suspects(text);
    String masked = text;
    for (int i = 0; suspects != 0; i++, suspects >>>= 1) {
      if ((suspects & 1) != 0) {
        Shape shape = SHAPES.get(i);
        Matcher matcher = shape.expression().matcher(masked);
        if (matcher.find()) {
          masked = matcher.replaceAll(shape.replacement());
        }
      }
    }
    return masked;
  }

  private static long suspects(String text) {
    long found = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        continue;
      }
      Trigger[] here = BY_FIRST[c];
      if (here == null) {
        continue;
      }
      char next = i + 1 < text.length() ? Character.toLowerCase(text.charAt(i + 1)) : 0;
      for (Trigger trigger : here) {
        if (trigger.second() == next
            && text.regionMatches(true, i, trigger.word(), 0, trigger.word().length())) {
          found |= 1L << trigger.shape();
        }
      }
    }
    return found;
  }

  private static Trigger[][] triggers() {
    List<List<Trigger>> lists = new ArrayList<>();
    for (int c = 0; c < 128; c++) {
      lists.add(new ArrayList<>());
    }
    for (int shape = 0; shape < SHAPES.size(); shape++) {
      for (String word : SHAPES.get(shape).words()) {
        Trigger trigger = new Trigger(word, word.charAt(1), shape);
        char first = word.charAt(0);
        lists.get(first).add(trigger);
        char upper = Character.toUpperCase(first);
        if (upper != first) {
          lists.get(upper).add(trigger);
        }
      }
    }
    Trigger[][] table = new Trigger[128][];
    for (int c = 0; c < 128; c++) {
      table[c] = lists.get(c).toArray(Trigger[]::new);
    }
    return table;
  }

  private static Shape shape(String expression, String replacement, String... words) {
    return new Shape(List.of(words), Pattern.compile(expression), replacement);
  }
}
