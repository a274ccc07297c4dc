package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyTestCommandTest {
  private static final Path INCIDENT = Path.of("../docs/examples/incident");
  private static final String POLICY =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: web, tools: [restart_workload], namespaces: [shop], tier: approve}
      """;
  private static final String WEB =
      """
      objects:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: shop}
          spec:
            replicas: 2
            selector: {matchLabels: {app: web}}
            template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}
          status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}
      cases:
      """;

  @TempDir Path folder;
  private Path cases;

  @BeforeEach
  void policy() throws IOException {
    Files.writeString(folder.resolve("tools.yaml"), POLICY);
    cases = folder.resolve("tools.test.yaml");
  }

  private record Ran(int status, String out) {}

  @Test
  void theIncidentIsRefusedAtEveryTierAndTheLeakIsLetThrough() {
    Ran ran = run("policy", "test", INCIDENT.resolve("tools.test.yaml").toString());

    assertThat(ran.out())
        .endsWith(" cases, 0 failed.\n")
        .contains(
            "ok      no restart during the backup, whatever the tier and though it was approved [auto]",
            "ok      nor where every rule says never [never]",
            "ok      and is let through with the approval [approve]",
            "ok      a leak of the web server in staging is let through, once it was approved and worked [notify]");
    assertThat(ran.status()).isZero();
  }

  @Test
  void theIncidentFailsWhereTheOppositeIsExpected() throws IOException {
    for (String file : new String[] {"tools.yaml", "shop.yaml", "backup.yaml"}) {
      Files.copy(
          INCIDENT.resolve(file),
          folder.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        cases,
        """
        objects: [{file: shop.yaml}]
        cases:
          - name: wrongly let through
            at: 2026-03-03T02:17:00Z
            objects: [{file: backup.yaml}]
            call: {tool: restart_workload, namespace: shop, workload: statefulset/postgres, approvedAt: 2026-03-03T01:55:00Z}
            expect: {decision: allow}
          - name: a wrong time
            at: 2026-03-03T02:17:00Z
            objects: [{file: backup.yaml}]
            call: {tool: restart_workload, namespace: shop, workload: statefulset/postgres}
            expect: {decision: deny, code: BACKUP_PREDICTED, retryAfter: 2026-03-03T03:00:00Z}
        """);

    Ran ran = run("policy", "test", cases.toString());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .hasSize(3)
        .satisfies(lines ->
            assertThat(lines.getFirst())
                .startsWith(
                    "FAILED  line 3: wrongly let through: expected decision allow, got deny")
                .contains("A backup is running: Job/nightly-backup-0303"))
        .satisfies(lines ->
            assertThat(lines.get(1))
                .contains(
                    "expected code BACKUP_PREDICTED, got BACKUP_RUNNING",
                    "expected retryAfter 2026-03-03T03:00:00Z, got 2026-03-03T02:55:00Z"))
        .endsWith("2 cases, 2 failed.");
  }

  @Test
  void withoutTheBackupTheSameCallIsLetThrough() throws IOException {
    for (String file : new String[] {"tools.yaml", "shop.yaml", "backup.yaml"}) {
      Files.copy(
          INCIDENT.resolve(file),
          folder.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Path policy = folder.resolve("tools.yaml");
    Files.writeString(policy, Files.readString(policy) + "\ncontext: {backups: off}\n");
    Files.writeString(
        cases,
        """
        objects: [{file: shop.yaml}, {file: backup.yaml}]
        cases:
          - name: a policy that does not look for backups
            at: 2026-03-03T02:17:00Z
            call: {tool: restart_workload, namespace: shop, workload: statefulset/postgres, approvedAt: 2026-03-03T01:55:00Z}
            expect: {decision: allow, tier: approve}
        """);

    Ran ran = run("policy", "test", cases.toString());

    assertThat(ran)
        .isEqualTo(
            new Ran(0, "ok      a policy that does not look for backups\n1 cases, 0 failed.\n"));
  }

  @Test
  void aCasePlaysInTheClusterThatItNames() throws IOException {
    Files.writeString(
        folder.resolve("tools.yaml"),
        """
        apiVersion: kubewicket.dev/v1
        clusters: [{name: prod}, {name: test}]
        nativeHealing: off
        blastRadius: {lastReplica: off}
        rules:
          - {name: web, tools: [restart_workload], namespaces: [shop], tier: approve, clusters: [test]}
        approvers: [{name: on-call, key: "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}]
        """);
    Files.writeString(
        cases,
        """
        objects:
          - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
          - {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}}, status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}}
        cases:
          - name: in the test cluster
            at: 2026-03-03T02:17:00Z
            cluster: test
            call: {tool: restart_workload, namespace: shop, workload: deployment/web}
            expect: {decision: approval_required, rule: web}
          - name: not in production
            at: 2026-03-03T02:17:00Z
            cluster: prod
            call: {tool: restart_workload, namespace: shop, workload: deployment/web}
            expect: {decision: deny, code: NO_RULE}
          - name: nowhere
            at: 2026-03-03T02:17:00Z
            call: {tool: restart_workload, namespace: shop, workload: deployment/web}
            expect: {decision: deny}
        """);

    Ran ran = run("policy", "test", cases.toString());

    assertThat(ran.out().lines().toList())
        .anyMatch(line -> line.startsWith("ok") && line.contains("in the test cluster"))
        .anyMatch(line -> line.startsWith("ok") && line.contains("not in production"))
        .anyMatch(line -> line.contains("its cluster has to be one of prod, test"))
        .endsWith("3 cases, 1 failed.");
  }

  @Test
  void saysWhatIsWrongWithACaseAndWhereAndWhatWasMeant() throws IOException {
    Files.writeString(
        cases,
        """
        cases:
          - name: a
            at: 02:17
            call: {tool: restart_worklaod, namespace: shop}
            expcet: {decision: deny}
            expect: {decision: deny, code: BACKUP_RUNING}
            objects: [{kind: Pod}]
        """);

    Ran ran = run("policy", "test", cases.toString());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            cases + ":3:9: cases[0].at: Expected a moment with a zone",
            ":4:18: cases[0].call.tool: Expected one of",
            "did you mean \"restart_workload\"?",
            ":5:5: cases[0].expcet: Unknown key \"expcet\"",
            "did you mean \"expect\"?",
            "did you mean \"BACKUP_RUNNING\"?",
            "A Kubernetes object has apiVersion, kind and metadata.name");
  }

  @Test
  void aMissingFileAPolicyThatDoesNotLoadAndNoCasesAreFailures() throws IOException {
    Ran missing = run("policy", "test", folder.resolve("other.test.yaml").toString());
    Files.writeString(cases, "cases: []\n");
    Ran empty = run("policy", "test", cases.toString());
    Files.writeString(folder.resolve("tools.yaml"), POLICY + "colour: blue\n");
    Ran bad = run("policy", "test", cases.toString());

    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.out()).contains("other.test.yaml:1:1: The file does not exist");
    assertThat(empty.status()).isEqualTo(1);
    assertThat(empty.out()).startsWith("There are no cases in ");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).contains("tools.yaml:4:1: ").contains("colour");
  }

  @Test
  void anApprovalNeedsPeopleWhoMayGiveItAndATargetThatIsThere() throws IOException {
    Files.writeString(
        cases,
        WEB
            + """
              - name: nobody to approve
                at: 2026-03-03T14:00:00Z
                call: {tool: restart_workload, namespace: shop, workload: deployment/web, approvedAt: 2026-03-03T13:59:00Z}
                expect: {decision: allow}
              - name: nothing there
                at: 2026-03-03T14:00:00Z
                call: {tool: restart_workload, namespace: shop, workload: deployment/other}
                expect: {decision: deny, code: NOT_FOUND}
              - name: a person is asked
                at: 2026-03-03T14:00:00Z
                call: {tool: restart_workload, namespace: shop, workload: deployment/web}
                expect: {decision: approval_required, rule: web}
            """);

    Ran ran = run("policy", "test", "--json", cases.toString());
    JsonNode answer = JsonMapper.builder().build().readTree(ran.out());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(answer.path("cases").path(0).path("differences").path(0).asString(""))
        .contains(
            "approvedAt needs 1 approvers in the policy who are not the caller; there are 0.");
    assertThat(answer.path("cases").path(1).path("passed").asBoolean(false)).isTrue();
    assertThat(answer.path("cases").path(2).path("decision").asString(""))
        .isEqualTo("approval_required");
    assertThat(answer.path("passed").asBoolean(true)).isFalse();
  }

  @Test
  void theCasesOfAFirstPolicyPassAndItsSchemaStandsBesideIt() throws IOException {
    Path first = folder.resolve("first").resolve("tools.yaml");

    Ran init = run("init", "--namespace", "dev-a", first.toString());
    Ran tested = run("--config", first.toString(), "policy", "test");
    Ran again = run("init", first.toString());

    assertThat(init.status()).isZero();
    assertThat(Files.readString(first.resolveSibling("tools.schema.json"))).startsWith("{");
    assertThat(tested)
        .isEqualTo(
            new Ran(
                0,
                """
                ok      a crash-looping pod would be evicted
                ok      a pod that runs is left alone
                2 cases, 0 failed.
                """));
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  void initLeavesCasesAndASchemaThatAreThereAsTheyAre() throws IOException {
    Files.delete(folder.resolve("tools.yaml"));
    Files.writeString(cases, "mine");
    Path schema = Files.writeString(folder.resolve("tools.schema.json"), "mine too");

    Ran init = run("init", folder.resolve("tools.yaml").toString());

    assertThat(init.status()).isZero();
    assertThat(init.out()).doesNotContain("Beside it");
    assertThat(Files.readString(cases)).isEqualTo("mine");
    assertThat(Files.readString(schema)).isEqualTo("mine too");
  }

  private static Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = Kubewicket.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Ran(status, out.toString(StandardCharsets.UTF_8));
  }
}
