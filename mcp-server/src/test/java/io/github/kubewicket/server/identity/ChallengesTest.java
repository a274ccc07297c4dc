package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengesTest {
  private static final String ADDRESS =
      "resource_metadata=\"https://kw.example/.well-known/oauth-protected-resource/mcp\"";

  @Test
  void saysWhereTheMetadataIsAndWhichScopeIsNeeded() {
    String challenge = of(oauth("api://read")).unauthorized(Authentication.Refused.nothing());

    assertThat(challenge)
        .isEqualTo("Bearer realm=\"kubewicket\", " + ADDRESS + ", scope=\"api://read\"");
  }

  @Test
  void saysWhatIsWrongWithATokenInWordsThatFitIntoAHeader() {
    String challenge =
        of(oauth("api://read"))
            .unauthorized(Authentication.Refused.invalid("It \"is\" bad\r\nX-Evil: 1 \\ é"));

    assertThat(challenge)
        .endsWith(", error=\"invalid_token\", error_description=\"It 'is' bad??X-Evil: 1 / ?\"");
  }

  @Test
  void namesEveryScopeAtOnceForACallThatNeedsMore() {
    String challenge =
        of(oauth("kubewicket:read")).insufficientScope(Set.of(Caller.WRITE, Caller.READ));

    assertThat(challenge)
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", scope=\"kubewicket:read kubewicket:write\", "
                + ADDRESS);
  }

  @Test
  void usesItsOwnNamesWhereIssuersCallTheScopesDifferently() {
    Challenges challenges =
        new Challenges(() -> settings(List.of(oauth("one:read"), oauth("two:read"))));

    assertThat(challenges.insufficientScope(Set.of(Caller.READ))).contains("\"kubewicket:read\"");
  }

  @Test
  void describesTheResourceWhereThereIsAnIssuer() {
    assertThat(of(oauth("kubewicket:read")).metadata().orElseThrow().toString())
        .isEqualTo(
            "{\"resource\":\"https://kw.example/mcp\","
                + "\"authorization_servers\":[\"https://login.example\"],"
                + "\"scopes_supported\":[\"kubewicket:read\",\"kubewicket:write\"],"
                + "\"bearer_methods_supported\":[\"header\"],"
                + "\"resource_name\":\"Kubewicket\"}");

    assertThat(new Challenges(() -> settings(List.of())).metadata()).isEmpty();
    assertThat(
            new Challenges(() -> settings(List.of()))
                .unauthorized(Authentication.Refused.nothing()))
        .doesNotContain("resource_metadata");
  }

  private static Challenges of(OauthSettings issuer) {
    return new Challenges(() -> settings(List.of(issuer)));
  }

  private static OauthSettings oauth(String read) {
    return new OauthSettings(
        "corp",
        "https://login.example",
        "https://kw.example/mcp",
        "https://login.example/keys",
        OauthSettings.USUAL_ALGORITHMS,
        "sub",
        "groups",
        "scope",
        Set.of(read),
        Set.of("kubewicket:write"));
  }

  private static HttpSettings settings(List<OauthSettings> issuers) {
    HttpSettings usual = HttpSettings.USUAL;
    return new HttpSettings(
        Optional.of(URI.create("https://kw.example/mcp")),
        usual.allowedOrigins(),
        usual.allowedHosts(),
        usual.tls(),
        usual.tokens(),
        issuers,
        usual.serviceAccounts(),
        usual.certificates());
  }
}
