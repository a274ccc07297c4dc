package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes on in a real cluster stops writes, at the tier `auto` as at `approve`. Each test ends
/// with what lets the same call through, so that nothing else was the reason.
@RealCluster
class GuardrailsIT {
  private static final String NAMESPACES = "kw-guards-*";
  private static final int ANSWER_BYTES = 8_192;

  @TempDir private static Path folder;
  private static KubeApi api;
  private static ServerProcess auto;
  private static ServerProcess approve;
  private TestNamespace namespace;

  @BeforeAll
  static void serve() throws IOException {
    api = KubeApi.connect();
    String key = new Person(installation("approve")).makeKey("on-call");
    auto = installation("auto").policy(policy("tier: auto") + Policies.approvers(key)).serve();
    approve =
        installation("approve").policy(policy("tier: approve") + Policies.approvers(key)).serve();
  }

  private static Installation installation(String name) throws IOException {
    return new Installation(
        Files.createDirectories(folder.resolve(name)), TestCluster.kubeconfig());
  }

  private static String policy(String tier) {
    return Policies.rule(NAMESPACES, tier, "shadow: off").replace("podMinAge: 0s", "podMinAge: 1h")
        + "approvals: {maxPending: 100}\n";
  }

  @AfterAll
  static void end() {
    auto.close();
    approve.close();
  }

  @BeforeEach
  void deploy() {
    namespace = TestNamespace.create(api, "guards");
    namespace.deployment("web", 0);
    namespace.awaitAvailable("web");
  }

  @AfterEach
  void remove() {
    namespace.close();
  }

  @Test
  void refusesEverythingWhileABackupRuns() {
    String jobs = "/apis/batch/v1/namespaces/" + namespace.name() + "/jobs";
    api.create(jobs, Manifests.job("nightly-backup", "sleep, \"86400\"", 1));
    Wait.until(
        "the backup runs",
        () -> api.get(jobs + "/nightly-backup").path("status").path("active").asInt(0) == 1);

    List<Reply> during = bothRestart();
    api.delete(jobs + "/nightly-backup");
    Wait.until("the backup is gone", () -> api.find(jobs + "/nightly-backup").isEmpty());

    assertThat(during).extracting(Reply::code).as(texts(during)).containsOnly("BACKUP_RUNNING");
    assertThat(during).allMatch(reply -> reply.text().contains("Job/nightly-backup"));
    assertThat(during).noneMatch(reply -> reply.structured().path("approvable").asBoolean(true));
    assertNowGoesOn();
  }

  @Test
  void refusesEverythingWhereABackupIsDue() {
    String group = TestCluster.connect().view().kind("cronjobs.batch").apiVersion();
    String cronJob = "/apis/" + group + "/namespaces/" + namespace.name() + "/cronjobs";
    LocalDateTime soon = LocalDateTime.ofInstant(Instant.now().plusSeconds(300), ZoneOffset.UTC);
    api.create(
        cronJob,
        Manifests.cronJob(
            group, "database-dump", soon.getMinute() + " " + soon.getHour() + " * * *"));

    List<Reply> before = bothRestart();
    api.mergePatch(cronJob + "/database-dump", "{\"spec\":{\"suspend\":true}}");

    assertThat(before).extracting(Reply::code).as(texts(before)).containsOnly("BACKUP_PREDICTED");
    assertThat(before)
        .allSatisfy(reply ->
            assertThat(Instant.parse(reply.field("retryAfter")))
                .isAfter(soon.toInstant(ZoneOffset.UTC).minusSeconds(60)));
    assertNowGoesOn();
  }

  @Test
  void refusesWhatIsBeingRolledOut() {
    namespace.deployment("api", 1);
    namespace.awaitAvailable("api");
    api.mergePatch(
        namespace.apps("deployments/api"),
        """
        {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"kubewicket.test/busybox:1",
        "imagePullPolicy":"Never","command":["sleep","86400"],
        "readinessProbe":{"exec":{"command":["false"]},"periodSeconds":1}}]}}}}
        """);
    Wait.until("the new pod is there", () -> namespace.pods("api").size() == 2);

    List<Reply> during = both("restart_workload", Calls.restart(namespace, "deployment/api"));

    assertThat(during).extracting(Reply::code).as(texts(during)).containsOnly("DEPLOY_IN_PROGRESS");
    assertThat(namespace.generation("api")).isEqualTo(2);
    assertNowGoesOn();
  }

  @Test
  void asksAPersonInANamespaceThatDoesNotSayWhatItIs() {
    mark("labels", "env", "null");

    Reply unlabelled = restart(auto);
    mark("labels", "env", "\"staging\"");

    assertThat(unlabelled.code()).as(unlabelled.text()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(unlabelled.structured().path("because").toString()).contains("PRODUCTION: ");
    assertThat(namespace.generation("web")).isEqualTo(1);
    assertNowGoesOn();
  }

  @Test
  void refusesEverythingInAPausedNamespace() {
    mark("annotations", "kubewicket.dev/pause", "\"the storage moves\"");

    List<Reply> paused = bothRestart();
    mark("annotations", "kubewicket.dev/pause", "null");

    assertThat(paused).extracting(Reply::code).as(texts(paused)).containsOnly("PAUSED");
    assertThat(paused).allMatch(reply -> reply.text().contains("the storage moves"));
    assertNowGoesOn();
  }

  @Test
  void refusesEverythingDuringASecurityIncident() {
    mark("annotations", "kubewicket.dev/security-incident", "\"INC-7\"");

    List<Reply> during = bothRestart();
    mark("annotations", "kubewicket.dev/security-incident", "null");

    assertThat(during).extracting(Reply::code).as(texts(during)).containsOnly("SECURITY_INCIDENT");
    assertNowGoesOn();
  }

  @Test
  void refusesToScaleWhatAnAutoscalerOwns() {
    String autoscalers =
        "/apis/autoscaling/v1/namespaces/" + namespace.name() + "/horizontalpodautoscalers";
    api.create(autoscalers, Manifests.autoscaler("web"));

    List<Reply> owned = both("scale_workload", Calls.scale(namespace, "deployment/web", 1));
    api.delete(autoscalers + "/web");
    Wait.until("it is gone", () -> api.find(autoscalers + "/web").isEmpty());
    Reply free = auto.call("scale_workload", Calls.scale(namespace, "deployment/web", 1));

    assertThat(owned).extracting(Reply::code).as(texts(owned)).containsOnly("AUTOSCALER_OWNED");
    assertThat(owned).allMatch(reply -> reply.text().contains("HorizontalPodAutoscaler/web"));
    assertThat(free.result()).as(free.text()).isEqualTo("verified");
  }

  @Test
  void refusesWhatItsOwnersProtect() {
    String web = namespace.apps("deployments/web");
    api.mergePatch(web, "{\"metadata\":{\"labels\":{\"kubewicket.dev/protect\":\"true\"}}}");

    List<Reply> kept = bothRestart();
    api.mergePatch(web, "{\"metadata\":{\"labels\":{\"kubewicket.dev/protect\":null}}}");

    assertThat(kept).extracting(Reply::code).as(texts(kept)).containsOnly("PROTECTED_OBJECT");
    assertNowGoesOn();
  }

  @Test
  void refusesToEvictAYoungPodAndSaysWhenItIsOldEnough() {
    namespace.deployment("api", 1);
    namespace.awaitAvailable("api");
    String pod = namespace.podNames("api").getFirst();
    Instant created =
        Instant.parse(
            api.get(namespace.core("pods/" + pod))
                .path("metadata")
                .path("creationTimestamp")
                .asString(""));

    List<Reply> young = both("evict_pod", Calls.evict(namespace, pod));

    assertThat(young).extracting(Reply::code).as(texts(young)).containsOnly("COOLDOWN_POD");
    assertThat(young)
        .extracting(reply -> Instant.parse(reply.field("retryAfter")))
        .containsOnly(created.plus(Duration.ofHours(1)));
    assertThat(namespace.podNames("api")).containsExactly(pod);
  }

  @Test
  void explainsWhatItWouldSayWithoutDoingIt() {
    mark("annotations", "kubewicket.dev/pause", "\"the storage moves\"");
    Map<String, Object> question =
        Map.of(
            "tool",
            "restart_workload",
            "namespace",
            namespace.name(),
            "workload",
            "deployment/web");

    Reply paused = auto.call("explain_policy", question);
    mark("annotations", "kubewicket.dev/pause", "null");
    Reply free = auto.call("explain_policy", question);
    Reply gated = approve.call("explain_policy", question);

    assertThat(paused.failed()).as(paused.text()).isFalse();
    assertThat(paused.code()).isEqualTo("PAUSED");
    assertThat(List.of(paused, free, gated))
        .extracting(reply -> reply.field("decision"))
        .containsExactly("deny", "allow", "approval_required");
    assertThat(namespace.generation("web")).isEqualTo(1);
    assertNowGoesOn();
  }

  @Test
  void answersInsideEightKilobytesHoweverMuchGoesOn() {
    String longest = "x".repeat(40);
    String jobs = "/apis/batch/v1/namespaces/" + namespace.name() + "/jobs";
    for (int i = 0; i < 25; i++) {
      // No pods are wanted, so nothing is started; the Job is not finished either.
      api.create(jobs, Manifests.job("backup-" + longest + "-" + i, "\"true\"", 0));
      api.create(
          namespace.core("services"),
          "{kind: Service, metadata: {name: web-%s-%d}, spec: {selector: {app: web}, ports: [{port: 80}]}}"
              .formatted(longest, i));
      String label =
          "{\"metadata\":{\"labels\":{\"label-%s-%d\":\"%s\"}}}"
              .formatted(longest, i, "y".repeat(63));
      api.mergePatch("/api/v1/namespaces/" + namespace.name(), label);
      api.mergePatch(namespace.apps("deployments/web"), label);
    }
    Map<String, Object> target =
        Map.of("namespace", namespace.name(), "workload", "deployment/web");

    Reply context = auto.call("get_context", target);
    Reply explained = auto.call("explain_policy", Calls.with(target, "tool", "restart_workload"));

    assertThat(context.failed()).as(context.text()).isFalse();
    assertThat(context.structured().path("around").path("backups").toString())
        .contains("running Job");
    assertThat(explained.code()).as(explained.text()).isEqualTo("BACKUP_RUNNING");
    assertThat(context.bytes()).isLessThanOrEqualTo(ANSWER_BYTES);
    assertThat(explained.bytes()).isLessThanOrEqualTo(ANSWER_BYTES);
  }

  /// Puts a label or an annotation on the namespace; `null` takes it away.
  private void mark(String where, String name, String value) {
    api.mergePatch(
        "/api/v1/namespaces/" + namespace.name(),
        "{\"metadata\":{\"%s\":{\"%s\":%s}}}".formatted(where, name, value));
  }

  private Reply restart(ServerProcess server) {
    return server.call("restart_workload", Calls.restart(namespace, "deployment/web"));
  }

  private List<Reply> bothRestart() {
    List<Reply> replies = both("restart_workload", Calls.restart(namespace, "deployment/web"));
    assertThat(namespace.generation("web")).as(texts(replies)).isEqualTo(1);
    return replies;
  }

  private static List<Reply> both(String tool, Map<String, Object> call) {
    return Stream.of(auto, approve).map(server -> server.call(tool, call)).toList();
  }

  private void assertNowGoesOn() {
    Reply asked = restart(approve);
    Reply done = restart(auto);
    assertThat(asked.code()).as(asked.text()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(done.result()).as(done.text()).isEqualTo("verified");
  }

  private static String texts(List<Reply> replies) {
    return replies.stream().map(Reply::text).toList().toString();
  }
}
