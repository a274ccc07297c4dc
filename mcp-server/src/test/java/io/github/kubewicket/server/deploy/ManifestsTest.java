package io.github.kubewicket.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.command.Kubewicket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every property of the shipped manifests that keeps a compromised server small.
class ManifestsTest {
  private static Manifest manifest;

  @BeforeAll
  static void read() throws IOException {
    manifest = Manifest.plain();
  }

  @Test
  void runsAsNobodyAndCanBecomeNobodyElse() {
    JsonNode pod = manifest.pod();
    JsonNode container = manifest.container();

    assertThat(pod.path("securityContext"))
        .isEqualTo(
            Manifest.json(
                """
                {"runAsNonRoot": true, "runAsUser": 65532, "runAsGroup": 65532, "fsGroup": 65532,
                 "seccompProfile": {"type": "RuntimeDefault"}}
                """));
    assertThat(container.path("securityContext"))
        .isEqualTo(
            Manifest.json(
                """
                {"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
                 "privileged": false, "capabilities": {"drop": ["ALL"]}}
                """));
    assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC")).isFalse();
    assertThat(pod.path("volumes").toString()).doesNotContain("hostPath");
  }

  @Test
  void holdsATokenOfTheAccountForAnHourAndNoOther() {
    JsonNode pod = manifest.pod();
    JsonNode tokens = pod.findValue("serviceAccountToken");

    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(tokens.path("expirationSeconds").asInt(0)).isBetween(600, 3607);
    assertThat(tokens.has("audience")).isFalse();
  }

  @Test
  void keepsSecretsInFilesThatOnlyItsGroupReads() {
    List<JsonNode> secrets = manifest.pod().findValues("secret");
    JsonNode variables = manifest.container().path("env");

    assertThat(secrets).hasSize(3).allMatch(secret -> secret.path("defaultMode").asInt(0) == 0440);
    assertThat(variables.toString()).doesNotContain("secretKeyRef").doesNotContain("password=");
    assertThat(manifest.all("Secret")).isEmpty();
  }

  @Test
  void canWriteOnlyToASmallFolderOfItsOwn() {
    Map<String, Boolean> readOnly = new TreeMap<>();
    for (JsonNode mount : manifest.container().path("volumeMounts")) {
      readOnly.put(mount.path("mountPath").asString(""), mount.path("readOnly").asBoolean(false));
    }

    assertThat(readOnly).containsEntry("/tmp", false);
    assertThat(readOnly.values()).containsOnlyOnce(false);
    assertThat(manifest.pod().findValue("emptyDir").path("sizeLimit").asString(""))
        .isEqualTo("64Mi");
  }

  @Test
  void outlivesTheLossOfANodeAndARollout() {
    JsonNode deployment = manifest.one("Deployment").path("spec");

    assertThat(deployment.path("replicas").asInt(0)).isEqualTo(2);
    assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(9)).isZero();
    assertThat(manifest.one("PodDisruptionBudget").at("/spec/minAvailable").asInt(0)).isEqualTo(1);
    assertThat(manifest.pod().at("/topologySpreadConstraints/0/topologyKey").asString(""))
        .isEqualTo("kubernetes.io/hostname");
    // Two drains of three minutes each, one for calls and one for their changes.
    assertThat(manifest.pod().path("terminationGracePeriodSeconds").asInt(0)).isGreaterThan(360);
  }

  @Test
  void isAskedForItsHealthOnAPortThatAgentsCannotReach() {
    JsonNode container = manifest.container();
    JsonNode policy = manifest.one("NetworkPolicy").path("spec");

    assertThat(container.at("/readinessProbe/httpGet/path").asString("")).isEqualTo("/readyz");
    assertThat(container.at("/livenessProbe/httpGet/path").asString("")).isEqualTo("/healthz");
    assertThat(container.at("/resources/limits/memory").asString("")).isEqualTo("1Gi");
    assertThat(policy.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    for (JsonNode rule : policy.path("ingress")) {
      assertThat(rule.at("/from/0/namespaceSelector/matchLabels").size()).isEqualTo(1);
      assertThat(rule.path("ports").size()).isEqualTo(1);
    }
    assertThat(policy.at("/ingress/0/ports/0/port").asInt(0)).isEqualTo(8443);
    assertThat(policy.at("/ingress/0/from/0/namespaceSelector/matchLabels").toString())
        .contains("kubewicket.dev/agents");
    assertThat(manifest.one("Service").at("/spec/ports").toString()).doesNotContain("health");
  }

  @Test
  void selectsTheSamePodsEverywhere() {
    JsonNode labels = manifest.one("Deployment").at("/spec/template/metadata/labels");

    assertThat(
            List.of(
                manifest.one("Deployment").at("/spec/selector/matchLabels"),
                manifest.one("Service").at("/spec/selector"),
                manifest.one("PodDisruptionBudget").at("/spec/selector/matchLabels"),
                manifest.one("NetworkPolicy").at("/spec/podSelector/matchLabels")))
        .containsOnly(labels);
  }

  @Test
  void grantsNothingThatWritesAndNoSecrets() {
    List<JsonNode> rules = new ArrayList<>();
    manifest.all("ClusterRole").forEach(role -> role.path("rules").forEach(rules::add));

    assertThat(rules).isNotEmpty();
    assertThat(rules)
        .allMatch(rule -> List.of("get", "list", "watch").containsAll(texts(rule.path("verbs"))))
        .noneMatch(rule -> texts(rule.path("resources")).contains("secrets"))
        .noneMatch(rule -> rule.toString().contains("*"));
    assertThat(manifest.all("ClusterRoleBinding"))
        .extracting(binding -> binding.at("/roleRef/name").asString(""))
        .containsExactlyInAnyOrder("view", "kubewicket-read");
  }

  @Test
  void shipsTheRolesThatItsPolicyNeeds() throws IOException {
    Path tools = Manifest.CHART.resolve("files/tools.yaml");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    int status = Kubewicket.run(new String[] {"--config", tools.toString(), "policy", "rbac"}, out);

    assertThat(status).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(Manifest.CHART.resolve("files/rbac.yaml")));
    assertThat(manifest.tools()).isEqualTo(Files.readString(tools));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
