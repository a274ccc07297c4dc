package io.github.kubewicket.policy.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicKeyTextTest {
  /// RFC 8032, section 7.1, test 2: key, message, signature.
  private static final String RFC_KEY =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  private static final String RFC_SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  @Test
  void verifiesTheSignatureOfTheRfc() {
    PublicKeyText key = PublicKeyText.parse(spell(RFC_KEY)).orElseThrow();

    boolean verifies =
        Ed25519.verifies(key.key(), new byte[] {0x72}, HexFormat.of().parseHex(RFC_SIGNATURE));

    assertThat(verifies).isTrue();
  }

  @Test
  void readsBackTheKeysItSpells() {
    for (int i = 0; i < 50; i++) {
      KeyPair pair = Ed25519.generate(new SecureRandom());

      PublicKeyText text = PublicKeyText.of(pair.getPublic());

      assertThat(PublicKeyText.parse(text.text())).contains(text);
      assertThat(text.key()).isEqualTo(pair.getPublic());
      assertThat(text.keyId()).matches("sha256:[0-9a-f]{64}");
    }
  }

  @Test
  void findsThePublicHalfOfAPrivateKey() {
    KeyPair pair = Ed25519.generate(new SecureRandom());

    KeyPair found = Ed25519.fromPkcs8(pair.getPrivate().getEncoded()).orElseThrow();

    assertThat(found.getPublic()).isEqualTo(pair.getPublic());
  }

  @Test
  void rejectsASignatureWithTheGroupOrderAdded() {
    PublicKeyText key = PublicKeyText.parse(spell(RFC_KEY)).orElseThrow();
    byte[] signature = HexFormat.of().parseHex(RFC_SIGNATURE);
    // The order of the group, little-endian: S + L is the other spelling of the same S.
    byte[] order =
        HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
      signature[32 + i] = (byte) sum;
      carry = sum >> 8;
    }

    assertThat(Ed25519.verifies(key.key(), new byte[] {0x72}, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Points of small order, and encodings at or above the field's prime.
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af466",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c00"
      })
  void refusesKeysThatAreNone(String hex) {
    assertThat(PublicKeyText.parse(spell(hex))).isEmpty();
  }

  @Test
  void refusesEverySecondSpelling() {
    String right = spell(RFC_KEY);

    assertThat(PublicKeyText.parse(right.replace("=", ""))).isEmpty();
    assertThat(PublicKeyText.parse(right + " ")).isEmpty();
    assertThat(PublicKeyText.parse(right.replace("ed25519", "Ed25519"))).isEmpty();
    assertThat(PublicKeyText.parse(right.replace("gw=", "gx="))).isEmpty();
    assertThat(PublicKeyText.parse("")).isEmpty();
  }

  @Test
  void findsTheBlockOfAPemByItsLabel() {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    String text = "Comment\n" + Pem.encode("A KEY", content) + Pem.encode("B KEY", new byte[] {1});

    assertThat(Pem.decode("A KEY", text)).hasValue(content);
    assertThat(Pem.decode("B KEY", text)).hasValue(new byte[] {1});
    assertThat(Pem.decode("C KEY", text)).isEmpty();
    assertThat(Pem.decode("A KEY", text.replace("Y29", "Y2-"))).isEmpty();
  }

  private static String spell(String hex) {
    return "ed25519:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
