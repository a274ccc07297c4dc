package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where an issuer's keys come from, and what happens when they change or cannot be had.
class IssuerKeysTest {
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
  void findsANewKeyAfterARotationAndForgetsTheOldOne() {
    String before = issuer.token();
    assertThat(ask(before)).isInstanceOf(Authentication.Known.class);
    issuer.key = FakeIssuer.rsa("two");
    issuer.published = List.of(issuer.key);

    Authentication after = ask(issuer.token());

    assertThat(after).isInstanceOf(Authentication.Known.class);
    assertThat(ask(before)).isNotInstanceOf(Authentication.Known.class);
  }

  @Test
  void madeUpKeysDoNotBecomeAFloodBehindTheIssuersDoors() {
    ask(issuer.token());
    for (int i = 0; i < 50; i++) {
      ask(
          FakeIssuer.signed(
              renamed("made-up-" + i),
              JWSAlgorithm.RS256,
              JOSEObjectType.JWT,
              issuer.claims().build()));
    }

    assertThat(issuer.asked.get()).isLessThan(5);
    assertThat(ask(issuer.token())).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void goodTokensStayGoodWhileTheIssuerIsAwayAndOthersAreUnavailableAtFirst() {
    issuer.away = true;
    assertThat(ask(issuer.token())).isInstanceOf(Authentication.Unavailable.class);
    issuer.away = false;
    identities.close();
    identities = identities();
    assertThat(ask(issuer.token())).isInstanceOf(Authentication.Known.class);
    issuer.away = true;

    Authentication answer = ask(issuer.token(it -> it.subject("grace")));

    assertThat(answer).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void readsKeysFromAFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("keys.json"), new JWKSet(issuer.key).toString(true));
    OauthSettings usual = issuer.settings();
    settings =
        FakeIssuer.taking(
            new OauthSettings(
                usual.name(),
                usual.issuer(),
                usual.audience(),
                file.toString(),
                usual.algorithms(),
                "sub",
                "groups",
                "scope",
                usual.readScopes(),
                usual.writeScopes()));

    assertThat(ask(issuer.token())).isInstanceOf(Authentication.Known.class);
    assertThat(issuer.asked).hasValue(0);
  }

  private RSAKey renamed(String id) {
    return new RSAKey.Builder(issuer.key).keyID(id).build();
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
