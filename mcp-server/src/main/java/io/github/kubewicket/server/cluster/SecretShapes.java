package io.github.kubewicket.server.cluster;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;

/// Masks secrets by what they look like, wherever they stand in a text.
///
/// A shape's expression runs only on a text that holds one of the words it begins with: RE2 is
/// linear but took a second for a megabyte (measured, C1), where a look for words takes thirty.
final class SecretShapes {
  static final String MASK = "***";

  /// One known shape.
  ///
  /// @param words one of them is in every text that the expression could match, in lower case
  /// @param expression linear (RE2)
  /// @param replacement with the groups to keep
  private record Shape(List<String> words, Pattern expression, String replacement) {}

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
          shape("(?i)(identified by )(?:\"[^\"]*\"|'[^']*'|\\S+)", "$1" + MASK, "identified by "));

  /// For each pair of characters, in either case, the words that begin with it.
  private static final Trigger[][] BY_PAIR = triggers();

  private record Trigger(String word, boolean startsWord, int shape) {}

  private SecretShapes() {}

  /// The text with every known shape masked. The same instance where there is none.
  static String mask(String text) {
    String masked = UrlCredentials.mask(SecretPairs.mask(text));
    long suspects = suspects(masked);
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
    int before = 0;
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i) < 128 ? text.charAt(i) : 0;
      Trigger[] here = BY_PAIR[before << 7 | c];
      before = c;
      if (here == null) {
        continue;
      }
      boolean inWord = i > 1 && Character.isLetterOrDigit(text.charAt(i - 2));
      for (Trigger trigger : here) {
        if (!(inWord && trigger.startsWord())
            && text.regionMatches(true, i - 1, trigger.word(), 0, trigger.word().length())) {
          found |= 1L << trigger.shape();
        }
      }
    }
    return found;
  }

  private static Trigger[][] triggers() {
    Trigger[][] table = new Trigger[128 * 128][];
    for (int shape = 0; shape < SHAPES.size(); shape++) {
      boolean startsWord = SHAPES.get(shape).expression().pattern().startsWith("\\b");
      for (String word : SHAPES.get(shape).words()) {
        Trigger trigger = new Trigger(word, startsWord, shape);
        for (char first : cases(word.charAt(0))) {
          for (char second : cases(word.charAt(1))) {
            int pair = first << 7 | second;
            Trigger[] known = table[pair] == null ? new Trigger[0] : table[pair];
            table[pair] = Arrays.copyOf(known, known.length + 1);
            table[pair][known.length] = trigger;
          }
        }
      }
    }
    return table;
  }

  private static char[] cases(char c) {
    char upper = Character.toUpperCase(c);
    return upper == c ? new char[] {c} : new char[] {c, upper};
  }

  private static Shape shape(String expression, String replacement, String... words) {
    return new Shape(List.of(words), Pattern.compile(expression), replacement);
  }
}
