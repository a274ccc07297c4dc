package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
  @Test
  void takesEveryKeyThatTheJdkMakes() throws Exception {
    for (int i = 0; i < 50; i++) {
      PublicKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
      byte[] encoded = key.getEncoded();

      Loaded loaded = ToolsForTests.load(file(Arrays.copyOfRange(encoded, 12, 44)));

      assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    }
  }

  // The points of small order and the second spellings of 0 and 1; each also with the sign bit.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refusesPointsForWhichAnybodyCanSign(String hex) {
    byte[] point = HexFormat.of().parseHex(hex);
    byte[] negative = point.clone();
    negative[31] |= (byte) 0x80;

    List<Problem> problems = ToolsForTests.problems(ToolsForTests.load(file(point)));
    List<Problem> others = ToolsForTests.problems(ToolsForTests.load(file(negative)));

    assertThat(problems)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("anybody");
    assertThat(others).singleElement().extracting(Problem::message).asString().contains("anybody");
  }

  private static String file(byte[] key) {
    return "apiVersion: kubewicket.dev/v1\napprovers:\n  - {name: sam, key: \"ed25519:"
        + Base64.getEncoder().encodeToString(key)
        + "\"}\n";
  }
}
