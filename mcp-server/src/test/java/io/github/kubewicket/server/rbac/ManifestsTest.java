package io.github.kubewicket.server.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.tools.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The whole output for a policy that has everything in it, held to a file, so that a right more or
/// less has to be meant. `-Dgolden=write` writes the file anew.
class ManifestsTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "rbac.yaml");
  private static final String POLICY =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - name: no-databases
          tools: [restart_workload, scale_workload, evict_pod]
          namespaces: ["*"]
          kinds: [StatefulSet]
          tier: never
        - name: restart-web
          tools: [restart_workload]
          namespaces: [shop, "kube-system"]
          kinds: [Deployment, StatefulSet]
          tier: approve
        - name: look-only
          tools: [scale_workload]
          namespaces: [shop]
          kinds: [Deployment, CloneSet]
          tier: suggest
        - name: crash-loops
          tools: [evict_pod]
          namespaces: ["dev-*", dev-1]
          kinds: [Deployment]
          tier: auto
      """;

  @Test
  void theManifestsAreTheGoldenOnes() throws IOException {
    String manifests = Manifests.of(needs(POLICY), "kubewicket", "kubewicket", "sha256:0");

    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, manifests);
    }

    assertThat(manifests).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void aPolicyWithoutRulesGrantsNoVerbThatWrites() {
    String manifests =
        Manifests.of(needs("apiVersion: kubewicket.dev/v1\n"), "kubewicket", "kw", "sha256:0");

    assertThat(manifests)
        .contains("name: kw-view", "verbs: [get, list]")
        .doesNotContain("patch", "create", "kw-write", "secrets");
  }

  static Needs needs(String yaml) {
    Catalogue catalogue = Tools.all(InstantSource.system());
    PolicyFile loader =
        new PolicyFile(
            new KnownTools(catalogue.readTools(), catalogue.writeTools(), Tools.kinds()));
    Loaded loaded = loader.load("tools.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    Policy policy = ((Loaded.Valid) loaded).policy();
    return Needs.of(policy);
  }
}
