package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.ServiceAccountSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens of ServiceAccounts, with a Kubernetes that says what a test tells it to.
class ServiceAccountTokensTest {
  private static final List<String> GROUPS =
      List.of("system:serviceaccounts", "system:serviceaccounts:agents", "system:authenticated");

  private final ManualTime time = new ManualTime();
  private final List<String> sent = new ArrayList<>();
  private TokenReviews.Review answer = good("system:serviceaccount:agents:deployer", "kubewicket");
  private final Identities identities =
      new Identities(
          ServiceAccountTokensTest::settings,
          () -> {
            throw new IllegalStateException("no ledger is needed");
          },
          (token, audience) -> {
            sent.add(token);
            return answer;
          },
          time,
          time);

  @Test
  void knowsAServiceAccountByItsNamespaceAndName() {
    Authentication reply = ask(token("kubewicket"));

    assertThat(reply)
        .isEqualTo(
            new Authentication.Known(
                new Caller(
                    "sa:agents/deployer", Set.copyOf(GROUPS), Set.of(Caller.READ, Caller.WRITE))));
  }

  @Test
  void anAccountThatTheFileDoesNotNameMayRead() {
    answer = good("system:serviceaccount:agents:deployer2", "kubewicket");

    Authentication reply = ask(token("kubewicket"));

    assertThat(((Authentication.Known) reply).caller().scopes()).containsExactly(Caller.READ);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://kubernetes.default.svc", "kubewicket2", "Kubewicket", "", "vault"})
  void neverSendsOnWhatIsNotForUs(String audience) {
    Authentication reply = ask(token(audience));

    assertThat(reply).isInstanceOf(Authentication.Refused.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void neverSendsOnWhatHasExpiredOrNeverDoes() {
    String endless = jwt("{\"aud\":[\"kubewicket\"],\"sub\":\"x\"}");
    String token = token("kubewicket");
    time.pass(Duration.ofHours(2));

    assertThat(ask(token)).isInstanceOf(Authentication.Refused.class);
    assertThat(ask(endless)).isInstanceOf(Authentication.Refused.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void refusesWhatKubernetesDoesNotKnow() {
    answer = new TokenReviews.Review.Rejected();

    assertThat(ask(token("kubewicket"))).isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void refusesAnAnswerThatDoesNotRepeatOurAudience() {
    answer =
        new TokenReviews.Review.Authenticated(
            "system:serviceaccount:agents:deployer", GROUPS, List.of());

    assertThat(ask(token("kubewicket"))).isInstanceOf(Authentication.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:admin",
        "ada",
        "system:serviceaccount:agents",
        "system:serviceaccount:agents:a:b",
        "system:serviceaccount:Agents:a",
        ""
      })
  void refusesWhoIsNoServiceAccount(String username) {
    answer = good(username, "kubewicket");

    assertThat(ask(token("kubewicket"))).isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void isUnavailableWhereKubernetesIsAndAsksAgain() {
    answer = new TokenReviews.Review.Unavailable("The API server cannot be asked.");
    assertThat(ask(token("kubewicket"))).isInstanceOf(Authentication.Unavailable.class);
    answer = good("system:serviceaccount:agents:deployer", "kubewicket");

    assertThat(ask(token("kubewicket"))).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void remembersAGoodAnswerForAMinuteAndABadOneForTenSeconds() {
    String token = token("kubewicket");
    ask(token);
    time.pass(Duration.ofSeconds(59));
    ask(token);
    assertThat(sent).hasSize(1);
    time.pass(Duration.ofSeconds(2));
    answer = new TokenReviews.Review.Rejected();
    assertThat(ask(token)).isInstanceOf(Authentication.Refused.class);
    assertThat(sent).hasSize(2);
    time.pass(Duration.ofSeconds(9));
    ask(token);
    assertThat(sent).hasSize(2);
    time.pass(Duration.ofSeconds(2));

    ask(token);

    assertThat(sent).hasSize(3);
  }

  private static TokenReviews.Review good(String username, String audience) {
    return new TokenReviews.Review.Authenticated(username, GROUPS, List.of(audience));
  }

  private String token(String audience) {
    long ends = time.instant().plus(Duration.ofHours(1)).getEpochSecond();
    return jwt(
        "{\"aud\":[\"%s\"],\"sub\":\"x\",\"iss\":\"https://kubernetes.default.svc\",\"exp\":%d}"
            .formatted(audience, ends));
  }

  private static String jwt(String claims) {
    return Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"k\"}")
        + "."
        + Base64URL.encode(claims)
        + ".AAAA";
  }

  private Authentication ask(String token) {
    return identities.authenticate(new Credentials(Optional.of(token), List.of()));
  }

  private static HttpSettings settings() {
    HttpSettings usual = HttpSettings.USUAL;
    return new HttpSettings(
        usual.publicUrl(),
        usual.allowedOrigins(),
        usual.allowedHosts(),
        usual.tls(),
        usual.tokens(),
        usual.oauth(),
        Optional.of(new ServiceAccountSettings("kubewicket", List.of("agents/deployer"))),
        usual.certificates());
  }
}
