package io.github.kubewicket.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chart says what it is meant to say, with Helm's own code.
class ChartTest {
  @Test
  void passesHelmsOwnLinter() {
    LintResult result = new Helm(Manifest.CHART).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void rendersThePlainManifests() throws IOException {
    String rendered = Chart.manifests();

    // A person who changes the chart has the manifests made anew with this variable.
    if (System.getenv("KUBEWICKET_WRITE_MANIFESTS") != null) {
      Files.writeString(Manifest.PLAIN, rendered);
    }
    assertThat(Manifest.PLAIN).hasContent(rendered);
  }

  @Test
  void takesAPolicyAndItsRolesFromFiles(@TempDir Path folder) throws IOException {
    Path values =
        Files.writeString(
            folder.resolve("values.yaml"),
            """
            tools: |
              apiVersion: kubewicket.dev/v1
            rbac:
              manifests: |
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: other}
            """);

    Manifest with =
        Manifest.parse(new Helm(Manifest.CHART).template().withValuesFile(values).call());

    assertThat(with.tools()).isEqualTo("apiVersion: kubewicket.dev/v1\n");
    assertThat(with.one("ServiceAccount").at("/metadata/name").asString("")).isEqualTo("other");
    assertThat(with.all("ClusterRole")).isEmpty();
  }

  @Test
  void bindsTheRolesToTheAccountOfItsOwnNamespace() {
    Manifest elsewhere =
        Manifest.parse(
            new Helm(Manifest.CHART)
                .template()
                .withName("kubewicket")
                .withNamespace("agents")
                .set("rbac.tokenReviews", "true")
                .call());

    assertThat(elsewhere.one("ServiceAccount").at("/metadata/namespace").asString(""))
        .isEqualTo("agents");
    assertThat(elsewhere.all("ClusterRoleBinding"))
        .hasSize(3)
        .allMatch(binding -> binding.at("/subjects/0/namespace").asString("").equals("agents"));
  }

  @Test
  void aloneHasNoDisruptionBudgetWhichWouldHoldANodeForEver() {
    Manifest alone = Manifest.parse(Chart.render(Map.of("replicas", "1")));

    assertThat(alone.all("PodDisruptionBudget")).isEmpty();
    assertThat(alone.all("Deployment")).hasSize(1);
  }

  @Test
  void cannotBeToldToRunAsRoot() {
    String told =
        Chart.render(Map.of("securityContext.runAsUser", "0", "podSecurityContext.runAsUser", "0"));

    assertThat(told).isEqualTo(Chart.render(Map.of()));
    assertThatThrownBy(() -> Chart.render(Map.of("networkPolicy", "off"))).isNotNull();
  }
}
