package io.github.kubewicket.policy.condition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Kubernetes quantities such as `512Mi`, `250m` or `1e3`.
///
/// The grammar is that of `k8s.io/apimachinery/pkg/api/resource`: a signed decimal number and one
/// of the suffixes `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or a decimal exponent. At most 32
/// characters, an exponent of at most two digits.
final class Quantity {
  private static final int LONGEST = 32;
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<number>[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))"
              + "(?:(?<suffix>n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE](?<exponent>[+-]?[0-9]{1,2}))?");
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Quantity() {}

  /// The quantity in base units (bytes, CPUs), to the precision of a double.
  ///
  /// @throws IllegalArgumentException when the text is no quantity; one clause for people
  static double units(String text) {
    return exact(text).doubleValue();
  }

  /// The quantity in thousandths of its base unit, rounded up, as Kubernetes rounds.
  ///
  /// @throws IllegalArgumentException when the text is no quantity, or not within 64 bits
  static long millis(String text) {
    try {
      return exact(text).movePointRight(3).setScale(0, RoundingMode.UP).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the quantity " + Clauses.quoted(text) + " is too large", e);
    }
  }

  private static BigDecimal exact(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (text.length() > LONGEST || !matcher.matches()) {
      throw new IllegalArgumentException(
          Clauses.quoted(text) + " is no quantity, such as 512Mi or 250m");
    }
    BigDecimal number = new BigDecimal(matcher.group("number"));
    if (matcher.group("exponent") != null) {
      return number.scaleByPowerOfTen(Integer.parseInt(matcher.group("exponent")));
    }
    String suffix = matcher.group("suffix");
    return suffix == null ? number : number.multiply(factor(suffix));
  }

  private static BigDecimal factor(String suffix) {
    BigDecimal factor = FACTORS.get(suffix);
    if (factor == null) {
      throw new IllegalArgumentException("the suffix " + suffix + " has no factor");
    }
    return factor;
  }
}
