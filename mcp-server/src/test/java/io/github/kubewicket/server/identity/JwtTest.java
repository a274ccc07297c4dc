package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.settings.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way in which a JWT may not count that we thought of, and the few in which it does.
class JwtTest {
  private final ManualTime clock = new ManualTime();
  private FakeIssuer issuer;
  private HttpSettings settings;
  private Identities identities;

  @BeforeEach
  void open() throws IOException {
    issuer = new FakeIssuer(clock.instant());
    settings = FakeIssuer.taking(issuer.settings());
    identities = identities();
  }

  @AfterEach
  void close() {
    identities.close();
    issuer.close();
  }

  @Test
  void knowsTheHolderOfAGoodToken() {
    Authentication answer = ask(issuer.token());

    assertThat(answer)
        .isEqualTo(
            new Authentication.Known(
                new Caller("oidc:corp:ada", Set.of("sre"), Set.of(Caller.READ))));
  }

  @Test
  void refusesWhereNothingIsPresented() {
    Authentication answer = identities.authenticate(Credentials.NONE);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class, it -> assertThat(it.error()).isEmpty());
  }

  @Test
  void refusesAnExpiredTokenAfterAMinuteOfGrace() {
    String token = issuer.token(it -> it.expirationTime(at(-59)));
    String older = issuer.token(it -> it.expirationTime(at(-61)));

    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
    assertThat(refused(older)).contains("expired");
  }

  @Test
  void refusesATokenThatIsNotValidYet() {
    String token = issuer.token(it -> it.notBeforeTime(at(61)));
    String sooner = issuer.token(it -> it.notBeforeTime(at(59)));

    assertThat(refused(token)).contains("not valid yet");
    assertThat(ask(sooner)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void refusesATokenForAnotherAudienceOrForNone() {
    String other = issuer.token(it -> it.audience("https://other.example/mcp"));
    String none = issuer.token(it -> it.audience(List.of()));

    assertThat(refused(other)).contains("audience");
    assertThat(refused(none)).contains("audience");
    assertThat(refused(issuer.token(it -> it.audience(FakeIssuer.AUDIENCE + "/"))))
        .contains("audience");
  }

  @Test
  void takesATokenForSeveralAudiencesOfWhichOneIsOurs() {
    String token = issuer.token(it -> it.audience(List.of("a", FakeIssuer.AUDIENCE)));

    Authentication answer = ask(token);

    assertThat(answer).isInstanceOf(Authentication.Known.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://login.example/", "https://evil.example", ""})
  void refusesATokenOfAnotherIssuer(String other) {
    String token = issuer.token(it -> it.issuer(other));

    assertThat(refused(token)).contains("no issuer that this server knows");
    assertThat(issuer.asked).hasValue(0);
  }

  @Test
  void refusesAnUnsignedToken() {
    String token = new PlainJWT(issuer.claims().build()).serialize();

    assertThat(refused(token)).contains("neither");
    assertThat(refused(token + "AAAA")).contains("neither");
  }

  @Test
  void refusesATokenThatIsSignedWithThePublicKeyAsASecret() throws JOSEException {
    byte[] publicKey = issuer.key.toRSAPublicKey().getEncoded();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
            issuer.claims().build());
    jwt.sign(new MACSigner(publicKey));

    assertThat(refused(jwt.serialize())).contains("algorithm");
  }

  @Test
  void refusesASignatureOfAnotherKeyWithTheSameName() {
    String token =
        FakeIssuer.signed(
            FakeIssuer.rsa("one"), JWSAlgorithm.RS256, JOSEObjectType.JWT, issuer.claims().build());

    assertThat(refused(token)).contains("signature");
  }

  @Test
  void refusesClaimsThatWereChangedAfterTheSignature() {
    String[] good = issuer.token().split("\\.");
    String[] other = issuer.token(it -> it.subject("root")).split("\\.");

    assertThat(refused(good[0] + "." + other[1] + "." + good[2])).contains("signature");
  }

  @Test
  void refusesAnAlgorithmThatIsNotInTheFile() {
    settings = FakeIssuer.taking(issuer.settings(List.of("ES256")));

    assertThat(refused(issuer.token())).contains("algorithm");
  }

  @Test
  void refusesATokenOfAnotherType() {
    String token =
        FakeIssuer.signed(
            issuer.key,
            JWSAlgorithm.RS256,
            new JOSEObjectType("logout+jwt"),
            issuer.claims().build());

    assertThat(refused(token)).contains("type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT"})
  void takesTheTypesOfAccessTokens(String type) {
    String token =
        FakeIssuer.signed(
            issuer.key, JWSAlgorithm.RS256, new JOSEObjectType(type), issuer.claims().build());

    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void refusesATokenThatNeverExpiresOrIsNobodys() {
    String endless = issuer.token(it -> it.expirationTime(null));
    String nobodys = issuer.token(it -> it.subject(null));

    assertThat(refused(endless)).contains("exp");
    assertThat(refused(nobodys)).contains("sub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada\nroot", "a b", "ad\u0430", "\u202eada", ""})
  void refusesASubjectThatCouldPassForAnother(String subject) {
    String token = issuer.token(it -> it.subject(subject));

    assertThat(refused(token)).contains("subject");
  }

  @Test
  void refusesASubjectThatIsTooLong() {
    assertThat(refused(issuer.token(it -> it.subject("a".repeat(191))))).contains("too long");
    assertThat(ask(issuer.token(it -> it.subject("a".repeat(190)))))
        .isInstanceOf(Authentication.Known.class);
  }

  @Test
  void refusesGroupsThatOnlyKubernetesGives() {
    String token = issuer.token(it -> it.claim("groups", List.of("sre", "system:masters")));

    assertThat(refused(token)).contains("system:");
  }

  @Test
  void refusesGroupsThatAreNoText() {
    assertThat(refused(issuer.token(it -> it.claim("groups", List.of(1, 2))))).contains("not text");
    assertThat(refused(issuer.token(it -> it.claim("groups", Map.of("a", "b")))))
        .contains("not text");
  }

  @Test
  void aTokenWithoutOurScopesIsKnownAndMayNothing() {
    String token = issuer.token(it -> it.claim("scope", "openid"));

    assertThat(known(token).scopes()).isEmpty();
    assertThat(known(issuer.token(it -> it.claim("scope", null))).scopes()).isEmpty();
  }

  @Test
  void writeIncludesReadAndScopesMayBeAList() {
    String token = issuer.token(it -> it.claim("scope", List.of("kubewicket:write")));

    assertThat(known(token).scopes()).containsExactlyInAnyOrder(Caller.READ, Caller.WRITE);
  }

  @Test
  void refusesATokenOfMoreThanEightKibibytes() {
    String token = issuer.token(it -> it.claim("more", "a".repeat(8_192)));

    assertThat(refused(token)).contains("longer than 8192");
    assertThat(issuer.asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "....", "eyJ.eyJ.", "kwt", "\u0000"})
  void refusesWhatIsNoToken(String token) {
    assertThat(refused(token)).contains("neither");
  }

  @Test
  void survivesClaimsThatAreNestedDeeply() {
    String header = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"one\"}").toString();
    String claims = Base64URL.encode("{\"a\":" + "[".repeat(5_000) + "}").toString();

    assertThat(refused(header + "." + claims + ".AAAA")).contains("neither");
  }

  @Test
  void takesKeysOnEllipticCurves() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    issuer.published = List.of(key);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), issuer.claims().build());
    jwt.sign(new ECDSASigner(key));

    assertThat(ask(jwt.serialize())).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void takesEd25519AndRefusesItWhenChanged() {
    KeyPair pair = Ed25519.generate(new SecureRandom());
    byte[] der = pair.getPublic().getEncoded();
    Base64URL x = Base64URL.encode(Arrays.copyOfRange(der, der.length - 32, der.length));
    issuer.published = List.of(new OctetKeyPair.Builder(Curve.Ed25519, x).keyID("ed").build());
    String header = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}").toString();
    String payload = Base64URL.encode(issuer.claims().build().toString()).toString();
    String changed =
        Base64URL.encode(issuer.claims().subject("root").build().toString()).toString();
    byte[] signature =
        Ed25519.sign(
            pair.getPrivate(), (header + "." + payload).getBytes(StandardCharsets.US_ASCII));

    String tail = "." + Base64URL.encode(signature);

    assertThat(ask(header + "." + payload + tail)).isInstanceOf(Authentication.Known.class);
    assertThat(refused(header + "." + changed + tail)).contains("signature");
  }

  @Test
  void noAnswerRepeatsTheToken() {
    String token = issuer.token(it -> it.audience("https://other.example").claim("s", "hunter2"));

    Authentication answer = ask(token);

    assertThat(answer.toString()).doesNotContain("hunter2").doesNotContain(token.substring(40));
    assertThat(new Credentials(Optional.of(token), List.of()).toString()).doesNotContain("eyJ");
  }

  private Date at(long seconds) {
    return Date.from(clock.instant().plus(Duration.ofSeconds(seconds)));
  }

  private Caller known(String token) {
    return ((Authentication.Known) ask(token)).caller();
  }

  private String refused(String token) {
    return switch (ask(token)) {
      case Authentication.Refused(String error, String description) -> {
        assertThat(error).isEqualTo("invalid_token");
        yield description;
      }
      case Authentication other -> throw new AssertionError(other);
    };
  }

  private Authentication ask(String token) {
    return identities.authenticate(new Credentials(Optional.of(token), List.of()));
  }

  private Identities identities() {
    return new Identities(
        () -> settings,
        () -> {
          throw new IllegalStateException("no ledger is needed");
        },
        (token, audience) -> {
          throw new IllegalStateException("Kubernetes is not to be asked");
        },
        clock);
  }
}
