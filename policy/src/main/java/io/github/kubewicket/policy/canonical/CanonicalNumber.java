package io.github.kubewicket.policy.canonical;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as ECMAScript's `Number::toString` spells them, which RFC 8785 section 3.2.2.3 asks for.
final class CanonicalNumber {
  /// 2^53-1, the largest integer that RFC 7493 (I-JSON) lets two programs agree on.
  private static final BigInteger MAX_SAFE = BigInteger.valueOf((1L << 53) - 1);

  private CanonicalNumber() {}

  static String ofInteger(BigInteger value) {
    if (value.abs().compareTo(MAX_SAFE) > 0) {
      throw new ArithmeticException("beyond 2^53-1");
    }
    return value.toString();
  }

  static String ofFraction(BigDecimal value) {
    double binary = value.doubleValue();
    if (Double.isInfinite(binary) || (binary == 0 && value.signum() != 0)) {
      // Before anything expands 1e999999999 or 1e-999999999 digit by digit.
      throw new ArithmeticException("beyond a double");
    }
    if (binary == Math.rint(binary)) {
      // Also refuses what is too large, and what a double would round to an integer.
      return ofInteger(value.toBigIntegerExact());
    }
    BigDecimal shortest = shortest(binary);
    // What Java spells 4.9E-324 is exactly the double whose canonical spelling is 5e-324.
    boolean exact =
        value.compareTo(shortest) == 0
            || value.compareTo(BigDecimal.valueOf(binary)) == 0
            || value.compareTo(new BigDecimal(binary)) == 0;
    if (!exact) {
      throw new ArithmeticException("not a double");
    }
    return spell(shortest);
  }

  /// The shortest decimal that reads back as the same double. Java's own `Double.toString` is that,
  /// except that it never gives fewer than two digits (4.9E-324 where ECMAScript says 5e-324).
  private static BigDecimal shortest(double binary) {
    BigDecimal java = new BigDecimal(Double.toString(binary)).stripTrailingZeros();
    if (java.precision() == 2) {
      BigDecimal oneDigit = java.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (oneDigit.doubleValue() == binary) {
        return oneDigit.stripTrailingZeros();
      }
    }
    return java;
  }

  /// Only fractions come here, so the magnitude is below 2^53 and never needs a positive exponent.
  private static String spell(BigDecimal value) {
    int pointPosition = value.precision() - value.scale();
    if (pointPosition > -6) {
      return value.toPlainString();
    }
    String digits = value.unscaledValue().abs().toString();
    String sign = value.signum() < 0 ? "-" : "";
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return sign + mantissa + "e" + (pointPosition - 1);
  }
}
