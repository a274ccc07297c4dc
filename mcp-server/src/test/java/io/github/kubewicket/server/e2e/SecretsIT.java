package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One Secret whose values also stand in a manifest, in annotations, in the environment, in an
/// event and in a log. Whatever an agent asks for, and however it is refused: none of them ever
/// leaves the process, be it on standard output, on standard error or through the ledger.
@RealCluster
class SecretsIT {
  private static final String PASSWORD = "pw" + random(18);
  private static final String BASE64 =
      Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
  private static final String KEY_LINE = "MC4CAQAwBQYDK2VwBCIEI" + random(20);
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\n" + KEY_LINE + "\n-----END PRIVATE KEY-----\n";
  private static final List<String> VALUES =
      List.of(
          PASSWORD,
          BASE64,
          BASE64.substring(0, 16),
          KEY_LINE,
          Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));

  @TempDir private static Path folder;
  private static TestNamespace namespace;
  private static Installation installation;

  @BeforeAll
  static void hide() {
    KubeApi api = KubeApi.connect();
    namespace = TestNamespace.create(api, "secrets");
    api.create(
        namespace.core("secrets"),
        """
        {"kind":"Secret","metadata":{"name":"login","annotations":{"note":"password=%s",
        "kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":{\\"p\\":\\"%s\\"}}"}},
        "stringData":{"password":"%s","base64":"%s","key":"%s"}}
        """
            .formatted(PASSWORD, BASE64, PASSWORD, BASE64, KEY.replace("\n", "\\n")));
    namespace.deployment("leaky", 1, leaky());
    api.mergePatch(
        namespace.apps("deployments/leaky"),
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"db-password\":\"%s\",\"token\":\"%s\"}}}}}"
            .formatted(PASSWORD, PASSWORD));
    api.create(
        namespace.core("events"),
        """
        {"kind":"Event","metadata":{"name":"e"},"type":"Warning","reason":"Failed","count":1,
        "involvedObject":{"kind":"Deployment","name":"leaky","namespace":"%s"},
        "lastTimestamp":"2030-01-01T00:00:00Z","message":"login failed with password=%s"}
        """
            .formatted(namespace.name(), PASSWORD));
    namespace.awaitAvailable("leaky");
    installation = new Installation(folder, TestCluster.kubeconfig());
    String key = new Person(installation).makeKey("on-call");
    installation.policy(Policies.approve(namespace.name(), key));
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void neverLetsAValueOut() {
    String said;
    List<Reply> replies = new ArrayList<>();
    Reply secret;
    Reply waiting;
    Reply log;
    try (ServerProcess server = installation.serve()) {
      secret =
          server.call(
              "get_resource",
              Map.of("kind", "secret", "name", "login", "namespace", namespace.name()));
      log =
          server.call(
              "get_logs", Map.of("target", "deployment/leaky", "namespace", namespace.name()));
      waiting = server.call("restart_workload", Calls.restart(namespace, "deployment/leaky"));
      attacks().forEach(attack -> replies.add(server.call(attack.tool, attack.arguments)));
      server.endInput();
      said = String.join("\n", server.lines()) + server.stderr();
    }
    String id = waiting.field("requestId");
    String shown = new Person(installation).approve(id).text();
    String exported = installation.run("audit", "export").out();

    assertThat(secret.failed()).as(secret.text()).isFalse();
    assertThat(secret.line()).contains("\"password\"", "\"key\"", "bytes");
    assertThat(log.text() + log.structured()).contains("password=***");
    assertThat(waiting.code()).as(waiting.text()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(waiting.field("diff")).contains("restartedAt");
    assertThat(shown).contains("restartedAt");
    assertThat(exported).contains(id);
    assertThat(replies).hasSameSizeAs(attacks());
    for (String value : VALUES) {
      assertThat(said).doesNotContain(value);
      assertThat(shown).doesNotContain(value);
      assertThat(exported).doesNotContain(value);
    }
  }

  private record Attack(String tool, Map<String, Object> arguments) {}

  private static List<Attack> attacks() {
    List<Attack> attacks = new ArrayList<>();
    for (String kind :
        List.of(
            "secret",
            "secrets",
            "Secret",
            "SECRETS",
            "secrets.v1",
            "secrets.v1.",
            "v1/secrets",
            "secrets/login",
            "secret*")) {
      attacks.add(attack("list_resources", "kind", kind));
      attacks.add(
          attack("list_resources", "kind", kind, "columns", List.of("wide", ".data.password")));
      attacks.add(attack("get_resource", "kind", kind, "name", "login"));
      attacks.add(attack("get_resource", "kind", kind, "name", "login", "path", "data.password"));
      attacks.add(attack("get_logs", "target", kind + "/login"));
      attacks.add(attack("list_events", "kind", kind, "name", "login"));
      attacks.add(attack("describe_kind", "kind", kind, "path", "data.password"));
    }
    for (String path :
        List.of(
            "data",
            "data.key",
            "data['key']",
            "data.*",
            "$..password",
            "stringData",
            "metadata",
            "metadata.annotations",
            "metadata.annotations.note",
            "metadata.managedFields",
            "data.password[0]",
            "",
            ".")) {
      attacks.add(attack("get_resource", "kind", "secret", "name", "login", "path", path));
    }
    for (String selector : List.of("data.password!=x", "type=Opaque", "metadata.name=login")) {
      attacks.add(attack("list_resources", "kind", "secrets", "fieldSelector", selector));
    }
    for (String name :
        List.of("../secrets/login", "login/status", "login?pretty=true", "login%2F", "login\nx")) {
      attacks.add(attack("get_resource", "kind", "secret", "name", name));
    }
    for (String kind : List.of("deployment", "replicaset", "pod")) {
      attacks.add(attack("list_resources", "kind", kind));
    }
    for (String path :
        List.of(
            "",
            "spec.template",
            "spec.template.spec.containers[0].env",
            "spec.template.metadata.annotations")) {
      attacks.add(attack("get_resource", "kind", "deployment", "name", "leaky", "path", path));
    }
    String pod = namespace.podNames("leaky").getFirst();
    for (String path :
        List.of("", "spec.containers[0]", "spec.containers[0].command", "metadata.annotations")) {
      attacks.add(attack("get_resource", "kind", "pod", "name", pod, "path", path));
    }
    for (String grep :
        List.of(".*", "pw", "token|bearer", "MC4C", "PRIVATE", "[A-Za-z0-9]{20}", "(")) {
      attacks.add(attack("get_logs", "target", "pod/" + pod, "grep", grep));
      attacks.add(attack("get_logs", "target", "deployment/leaky", "grep", grep, "tail", 2_000));
    }
    attacks.add(attack("list_events"));
    attacks.add(attack("list_events", "kind", "deployment", "name", "leaky"));
    attacks.add(attack("list_resources", "kind", "events"));
    for (String workload : List.of("deployment/leaky", "secret/login")) {
      attacks.add(attack("get_context", "workload", workload));
      attacks.add(attack("explain_policy", "tool", "restart_workload", "workload", workload));
    }
    attacks.add(attack("get_context", "pod", pod));
    attacks.add(attack("explain_policy", "tool", "evict_pod", "pod", pod));
    attacks.add(attack("restart_workload", "workload", "secret/login", "reason", "x"));
    attacks.add(attack("scale_workload", "workload", "secret/login", "replicas", 3, "reason", "x"));
    attacks.add(
        attack("scale_workload", "workload", "deployment/leaky", "replicas", 3, "reason", "x"));
    attacks.add(attack("evict_pod", "pod", pod, "reason", "x"));
    return attacks;
  }

  private static Attack attack(String tool, Object... arguments) {
    Map<String, Object> given = new HashMap<>(Map.of("namespace", namespace.name()));
    for (int i = 0; i < arguments.length; i += 2) {
      given.put((String) arguments[i], arguments[i + 1]);
    }
    if (tool.equals("describe_kind")) {
      given.remove("namespace");
    }
    return new Attack(tool, given);
  }

  /// A container that prints what it knows in every shape that programs do, and sleeps.
  private static String leaky() {
    return Manifests.shell(
            "echo password=$P; echo \"Authorization: Bearer $P\"; echo \"{\\\"token\\\":\\\"$P\\\"}\";"
                + " echo postgres://app:$P@db/shop; echo \"db_password: $B\"; echo \"$K\"; sleep 86400")
        + """
        env:
          - {name: P, valueFrom: {secretKeyRef: {name: login, key: password}}}
          - {name: B, valueFrom: {secretKeyRef: {name: login, key: base64}}}
          - {name: K, valueFrom: {secretKeyRef: {name: login, key: key}}}
          - {name: DB_PASSWORD, value: "%s"}
          - {name: DATABASE_URL, value: "postgres://app:%s@db/shop"}
        """
            .formatted(PASSWORD, PASSWORD);
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new Random().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).substring(0, length);
  }
}
