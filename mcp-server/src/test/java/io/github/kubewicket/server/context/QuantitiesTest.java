package io.github.kubewicket.server.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "2,2",
    "1.5,2",
    "64Mi,67108864",
    "1Gi,1073741824",
    "1G,1000000000",
    "1e3,1000",
    "1E,1000000000000000000",
    "900m,1"
  })
  void readsUnits(String quantity, long units) {
    assertThat(Quantities.units(quantity)).isEqualTo(units);
  }

  @ParameterizedTest
  @CsvSource({"250m,250", "2,2000", "1500000001n,1501", "10u,1"})
  void readsThousandths(String quantity, long thousandths) {
    assertThat(Quantities.thousandths(quantity)).isEqualTo(thousandths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Mi", "x", "1Zi", "-1", "1e999999999", "1e-999999999", "8Ei", "1 2", "0x10"})
  void refusesWhatIsAbsurd(String quantity) {
    assertThatThrownBy(() -> Quantities.units(quantity)).isInstanceOf(Unseen.class);
  }
}
