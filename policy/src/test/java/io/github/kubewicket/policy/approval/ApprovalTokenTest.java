package io.github.kubewicket.policy.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.approval.ApprovalStatement.Decision;
import io.github.kubewicket.policy.approval.ApprovalToken.Read;
import io.github.kubewicket.policy.canonical.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApprovalTokenTest {
  private static final Instant ISSUED = Instant.parse("2026-01-02T03:04:05Z");
  private static final ApprovalStatement STATEMENT =
      new ApprovalStatement(
          "ar_1",
          Digests.sha256(new byte[] {1}),
          Decision.APPROVE,
          "ada",
          ISSUED,
          ISSUED.plus(Duration.ofMinutes(15)),
          "jti-1");

  private static ApproverKey ada;
  private static ApproverKey bob;
  private static String token;

  @BeforeAll
  static void makeKeys(@TempDir Path directory) {
    ada = key(directory.resolve("ada.pem"));
    bob = key(directory.resolve("bob.pem"));
    token = ApprovalToken.sign(STATEMENT, ada);
  }

  @Test
  void isReadBackAndVerifiedByItsKey() {
    Read.Parsed parsed = parsed(token);

    assertThat(parsed.statement()).isEqualTo(STATEMENT);
    assertThat(parsed.kid()).isEqualTo(ada.publicKey().keyId());
    assertThat(parsed.verifies(ada.publicKey())).isTrue();
  }

  @Test
  void spellsItsHeaderExactly() {
    assertThat(decoded(0))
        .isEqualTo(
            "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"kubewicket-approval+jws\"}"
                .formatted(ada.publicKey().keyId()));
  }

  @Test
  void doesNotVerifyWithAnotherKey() {
    assertThat(parsed(token).verifies(bob.publicKey())).isFalse();
  }

  @Test
  void doesNotVerifyWhenAnotherKeySignedUnderThisKeysName() {
    String forged = part(0) + "." + part(1) + "." + lastPart(ApprovalToken.sign(STATEMENT, bob));

    assertThat(parsed(forged).verifies(ada.publicKey())).isFalse();
  }

  @Test
  void doesNotVerifyAChangedPayload() {
    String forged = withPayload(decoded(1).replace("ar_1", "ar_2"));

    assertThat(parsed(forged).statement().requestId()).isEqualTo("ar_2");
    assertThat(parsed(forged).verifies(ada.publicKey())).isFalse();
  }

  @Test
  void doesNotVerifyTheSignatureOfAnotherStatement() {
    ApprovalStatement other =
        new ApprovalStatement(
            "ar_2",
            STATEMENT.bindingDigest(),
            Decision.APPROVE,
            "ada",
            ISSUED,
            STATEMENT.expiresAt(),
            "jti-2");

    String swapped = part(0) + "." + part(1) + "." + lastPart(ApprovalToken.sign(other, ada));

    assertThat(parsed(swapped).verifies(ada.publicKey())).isFalse();
  }

  @Test
  void refusesAlgNone() {
    assertMalformed(withHeader(decoded(0).replace("EdDSA", "none")));
    assertMalformed(part(0) + "." + part(1) + ".");
  }

  @Test
  void refusesHs256WithThePublicKeyAsSecret() throws Exception {
    String header = encode(decoded(0).replace("EdDSA", "HS256"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(ada.publicKey().key().getEncoded(), "HmacSHA256"));
    byte[] signature = mac.doFinal((header + "." + part(1)).getBytes(StandardCharsets.US_ASCII));

    assertMalformed(header + "." + part(1) + "." + encode(signature));
  }

  @Test
  void refusesEveryOtherHeader() {
    assertMalformed(withHeader(decoded(0).replace("kubewicket-approval", "other")));
    assertMalformed(withHeader(decoded(0).replace("}", ",\"x\":1}")));
    assertMalformed(withHeader(decoded(0).replace("{", "{\"crit\":[\"b64\"],")));
    assertMalformed(withHeader(decoded(0).replace("\"typ\"", "\"alg\":\"EdDSA\",\"typ\"")));
    assertMalformed(withHeader("{}"));
  }

  @Test
  void refusesEveryOtherPayload() {
    String payload = decoded(1);
    assertMalformed(withPayload(payload.replace("}", ",\"z\":1}")));
    assertMalformed(withPayload(payload.replace("\"jti\":\"jti-1\",", "")));
    assertMalformed(withPayload(payload.replace("\"iat\"", "\"exp\":1,\"iat\"")));
    assertMalformed(withPayload(payload.replaceAll("\"iat\":(\\d+)", "\"iat\":\"$1\"")));
    assertMalformed(withPayload(payload.replaceAll("\"iat\":(\\d+)", "\"iat\":$1.5")));
    assertMalformed(withPayload(payload.replace("approve\"", "reject\"")));
    assertMalformed(withPayload(payload + " "));
    assertMalformed(withPayload(payload + "{}"));
    assertMalformed(withPayload("[]"));
    assertMalformed(withPayload(payload.replace("\"sha256:", "\"md5:")));
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    String payload = decoded(1);
    long issued = ISSUED.getEpochSecond();
    assertMalformed(withPayload(payload.replaceAll("\"exp\":\\d+", "\"exp\":" + issued)));
    assertMalformed(
        withPayload(payload.replaceAll("\"exp\":\\d+", "\"exp\":" + (issued + 4 * 3600 + 1))));
    assertMalformed(withPayload(payload.replaceAll("\"iat\":\\d+", "\"iat\":-1")));
    assertMalformed(
        withPayload(
            payload
                .replaceAll("\"iat\":\\d+", "\"iat\":9007199254740990")
                .replaceAll("\"exp\":\\d+", "\"exp\":9007199254740991")));
  }

  @Test
  void refusesASecondSpellingOfTheSameToken() {
    // 64 bytes leave four spare bits in the last of 86 characters.
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String spare =
        token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);

    assertThat(Base64.getUrlDecoder().decode(lastPart(spare)))
        .isEqualTo(Base64.getUrlDecoder().decode(lastPart(token)));
    assertMalformed(spare);
    assertMalformed(token + "==");
  }

  @ParameterizedTest
  @ValueSource(strings = {" %s", "%s ", "%s\n", "%s.", "%s.x", ".%s", "", "..", "a.b.c", "ar_1"})
  void refusesAnythingAround(String format) {
    assertMalformed(format.formatted(token));
  }

  @Test
  void refusesWhatIsTooLongWithoutReadingIt() {
    assertMalformed(token + "A".repeat(ApprovalToken.MAX_LENGTH));
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertMalformed(part(0) + "." + encode(new byte[] {'{', (byte) 0xff, '}'}) + "." + part(2));
  }

  @Test
  void refusesStatementsOutOfBounds() {
    assertThatThrownBy(() ->
            new ApprovalStatement(
                "ar 1",
                STATEMENT.bindingDigest(),
                Decision.APPROVE,
                "ada",
                ISSUED,
                STATEMENT.expiresAt(),
                "jti"))
        .hasMessageContaining("requestId");
    assertThatThrownBy(() ->
            new ApprovalStatement(
                "ar_1",
                STATEMENT.bindingDigest(),
                Decision.APPROVE,
                "ada\u0007",
                ISSUED,
                STATEMENT.expiresAt(),
                "jti"))
        .hasMessageContaining("approver");
  }

  private static ApproverKey key(Path file) {
    char[] passphrase = "a long passphrase".toCharArray();
    assertThat(ApproverKey.create(file, passphrase, new SecureRandom()))
        .isInstanceOf(ApproverKey.Made.Created.class);
    return ((ApproverKey.Opened.Usable) ApproverKey.open(file, passphrase)).key();
  }

  private static Read.Parsed parsed(String text) {
    Read read = ApprovalToken.parse(text);
    assertThat(read).isInstanceOf(Read.Parsed.class);
    return (Read.Parsed) read;
  }

  private static void assertMalformed(String text) {
    assertThat(ApprovalToken.parse(text)).isInstanceOf(Read.Malformed.class);
  }

  private static String part(int index) {
    return token.split("\\.", -1)[index];
  }

  private static String lastPart(String text) {
    return text.substring(text.lastIndexOf('.') + 1);
  }

  private static String decoded(int index) {
    return new String(Base64.getUrlDecoder().decode(part(index)), StandardCharsets.UTF_8);
  }

  private static String withHeader(String header) {
    return encode(header) + "." + part(1) + "." + part(2);
  }

  private static String withPayload(String payload) {
    return part(0) + "." + encode(payload) + "." + part(2);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
