package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "+1.5, 1.5",
    "-2, -2",
    ".5, 0.5",
    "1., 1",
    "250m, 0.25",
    "100u, 0.0001",
    "5n, 0.000000005",
    "1k, 1000",
    "1M, 1000000",
    "1G, 1000000000",
    "1T, 1e12",
    "1P, 1e15",
    "1E, 1e18",
    "1Ki, 1024",
    "512Mi, 536870912",
    "5Gi, 5368709120",
    "1Ti, 1099511627776",
    "1Pi, 1125899906842624",
    "1Ei, 1152921504606846976",
    "1e3, 1000",
    "1E3, 1000",
    "12e-1, 1.2",
    "1e+2, 100",
  })
  void readsWhatKubernetesWrites(String text, double units) {
    double read = Quantity.units(text);

    assertThat(read).isEqualTo(units);
  }

  @ParameterizedTest
  @CsvSource({"250m, 250", "1, 1000", "0.5, 500", "1n, 1", "1500u, 2", "-1n, -1", "1Ki, 1024000"})
  void readsThousandthsAndRoundsUp(String text, long millis) {
    long read = Quantity.millis(text);

    assertThat(read).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Mi",
        "1 Mi",
        "1mi",
        "1KI",
        "1MiB",
        "1GB",
        "--1",
        "1e",
        "1e999",
        "1e3Mi",
        "0x10",
        "١",
        "1\n",
        "NaN",
        "Infinity",
        "111111111111111111111111111111111",
      })
  void refusesWhatIsNoQuantity(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.units(text))
        .withMessageContaining("is no quantity");
  }

  @Test
  void refusesThousandthsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.millis("9E"))
        .withMessageContaining("too large");
  }
}
