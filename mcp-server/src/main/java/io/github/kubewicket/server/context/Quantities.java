package io.github.kubewicket.server.context;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// Quantities as Kubernetes writes them: `250m`, `123456n`, `64Mi`, `1e3` (k8s.io/apimachinery
/// `api/resource`).
final class Quantities {
  private static final int LONGEST = 40;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("", BigDecimal.ONE),
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

  private Quantities() {}

  /// So many thousandths, rounded up.
  static long thousandths(String quantity) {
    return whole(number(quantity).movePointRight(3), quantity);
  }

  /// So many, rounded up.
  static long units(String quantity) {
    return whole(number(quantity), quantity);
  }

  private static BigDecimal number(String quantity) {
    int end = quantity.length();
    while (end > 0 && Character.isLetter(quantity.charAt(end - 1))) {
      end--;
    }
    BigDecimal unit = UNITS.get(quantity.substring(end));
    if (unit == null || end == 0 || quantity.length() > LONGEST) {
      throw wrong(quantity);
    }
    try {
      return new BigDecimal(quantity.substring(0, end)).multiply(unit);
    } catch (NumberFormatException e) {
      throw wrong(quantity);
    }
  }

  private static long whole(BigDecimal number, String quantity) {
    // Compared before it is written out: `1e999999999` has a billion digits.
    if (number.signum() < 0 || number.compareTo(MOST) > 0 || number.scale() > 1_000) {
      throw wrong(quantity);
    }
    return number.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static Unseen wrong(String quantity) {
    return new Unseen(
        "a quantity in the cluster's answer cannot be read: "
            + quantity.substring(0, Math.min(LONGEST, quantity.length())));
  }
}
