package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.settings.CallerTerms;
import io.github.kubewicket.policy.settings.Callers;
import io.github.kubewicket.policy.settings.CertificateSettings;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.policy.settings.OauthSettings;
import io.github.kubewicket.policy.settings.ServiceAccountSettings;
import io.github.kubewicket.policy.settings.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What `http` and `callers` come to.
class CallersInPolicyTest {
  private static final String WHOLE =
      """
      apiVersion: kubewicket.dev/v1
      http:
        publicUrl: https://kubewicket.example/mcp
        allowedOrigins: ["https://console.example"]
        allowedHosts: [kubewicket.agents.svc]
        tls: {certificate: /etc/tls.crt, key: /etc/tls.key, clientCa: /etc/ca.crt}
        tokens: off
        oauth: [{name: corp, issuer: "https://login.example", jwks: "https://login.example/keys"}]
        serviceAccounts: {audience: kubewicket, write: ["agents/deployer"]}
        certificates: {name: uri, write: ["ci-*"]}
      callers:
        - match: ["token:ci-*", "group:sre"]
          tools: [list_resources]
          clusters: [prod]
          namespaces: [shop, "shop-*"]
          maxTier: approve
          impersonate: {user: "{name}", groups: ["{groups}"]}
        - {match: ["*"], maxTier: never}
      """;

  @Test
  void readsHowItIsCalled() {
    HttpSettings http = ToolsForTests.valid(WHOLE).http();

    assertThat(http)
        .isEqualTo(
            new HttpSettings(
                Optional.of(URI.create("https://kubewicket.example/mcp")),
                List.of("https://console.example"),
                List.of("kubewicket.agents.svc"),
                Optional.of(
                    new TlsSettings(
                        Path.of("/etc/tls.crt"),
                        Path.of("/etc/tls.key"),
                        Optional.of(Path.of("/etc/ca.crt")))),
                false,
                List.of(
                    new OauthSettings(
                        "corp",
                        "https://login.example",
                        "https://kubewicket.example/mcp",
                        "https://login.example/keys",
                        List.of("RS256", "PS256", "ES256", "EdDSA"),
                        "sub",
                        "groups",
                        "scope",
                        Set.of("kubewicket:read"),
                        Set.of("kubewicket:write"))),
                Optional.of(new ServiceAccountSettings("kubewicket", List.of("agents/deployer"))),
                Optional.of(
                    new CertificateSettings(CertificateSettings.Name.URI, List.of("ci-*")))));
  }

  @Test
  void readsWhatCallersAreLeft() {
    Callers callers = ToolsForTests.valid(WHOLE).callers();

    assertThat(callers.termsOf(new Caller("token:ci-1")))
        .hasValue(
            new CallerTerms(
                List.of("token:ci-*", "group:sre"),
                List.of("list_resources"),
                List.of("prod"),
                List.of("shop", "shop-*"),
                Tier.APPROVE,
                Optional.of(new Impersonation("{name}", List.of("{groups}")))));
    assertThat(callers.termsOf(new Caller("stdio:ada")).map(CallerTerms::maxTier))
        .hasValue(Tier.NEVER);
  }

  @Test
  void leavesEverybodyEverythingWhereTheFileIsSilent() {
    Policy policy = ToolsForTests.valid("apiVersion: kubewicket.dev/v1\n");

    assertThat(policy.http()).isEqualTo(HttpSettings.USUAL);
    assertThat(policy.callers().termsOf(new Caller("token:ci"))).hasValue(CallerTerms.EVERYTHING);
  }

  @Test
  void asksClientsForCertificatesWithoutABlockForThem() {
    Policy policy =
        ToolsForTests.valid(
            """
            apiVersion: kubewicket.dev/v1
            http: {tls: {certificate: /tls.crt, key: /tls.key, clientCa: /ca.crt}}
            """);

    assertThat(policy.http().certificates()).hasValue(CertificateSettings.USUAL);
  }

  @Test
  void namespacesEndWhereTheirPatternDoes() {
    CallerTerms terms =
        ToolsForTests.valid(WHOLE).callers().termsOf(new Caller("token:ci-1")).orElseThrow();

    assertThat(Set.of("shop", "shop-a", "shop-")).allMatch(terms::allowsNamespace);
    assertThat(Set.of("shops", "sho", "", "*", "bank")).noneMatch(terms::allowsNamespace);
  }
}
