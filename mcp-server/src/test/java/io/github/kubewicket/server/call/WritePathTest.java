package io.github.kubewicket.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.settings.VerifySettings;
import io.github.kubewicket.policy.window.Calendars;
import io.github.kubewicket.policy.window.WindowCheck;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Found;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.cluster.CallTimes;
import io.github.kubewicket.server.tools.workload.EvictPod;
import io.github.kubewicket.server.tools.workload.RestartWorkload;
import io.github.kubewicket.server.tools.workload.ScaleWorkload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way of a change with a real gate and a real ledger, and a cluster whose answers the test
/// sets.
class WritePathTest {
  private static final String POLICY =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: all, tools: [scale_workload, restart_workload], namespaces: [shop], tier: auto, shadow: off}
      novelty: off
      blastRadius: {maxIncreasePercent: 1000}
      budgets: {scale: {workload: 9/1h, namespace: 9/1h}}
      """;

  @TempDir Path directory;
  private final FakeWorkbench cluster = new FakeWorkbench();
  private final UnderWay underWay = new UnderWay();
  private Loaded policy =
      new PolicyFile(
              new KnownTools(
                  java.util.Set.of("list_resources"),
                  java.util.Set.of("restart_workload", "scale_workload", "evict_pod")))
          .load("tools.yaml", POLICY.getBytes(StandardCharsets.UTF_8));
  private SqliteLedger ledger;
  private CallPath calls;

  @BeforeEach
  void wire() {
    InstantSource clock = InstantSource.system();
    Checks checks = new Checks(Conditions.none(), new WindowCheck(Calendars.none()));
    ledger =
        new SqliteLedger(
            new StateDirectory(directory.resolve("state")),
            clock,
            new SecureRandom(),
            CheckpointSink.none());
    Gate gate =
        new Gate(() -> policy, ledger, checks, new Ids(new SecureRandom()), clock, "p1-test");
    Announcements announcements = new Announcements(told -> false);
    Undertakings undertakings =
        new Undertakings(
            () -> gate,
            new Verification(clock, duration -> Thread.sleep(1)),
            new WayBackWalk(() -> gate, clock),
            () -> new VerifySettings(Duration.ofMillis(50), Duration.ZERO, 2),
            underWay,
            announcements);
    calls =
        new CallPath(
            new Catalogue(List.of(new ScaleWorkload(), new RestartWorkload(), new EvictPod())),
            () -> policy,
            ClusterDesks.only(
                ClusterDesk.of(
                    () -> {
                      throw new IllegalStateException("no read is expected");
                    },
                    () -> cluster,
                    (target, settings) -> Quiet.around(clock.instant()))),
            new WritePath(
                () -> gate,
                new Settler(() -> ledger, () -> gate, underWay, instance -> false, "p1-test"),
                undertakings,
                announcements,
                duration -> Thread.sleep(1)));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void carriesAChangeOutAndRecordsItsVerdict() {
    Reply reply = scale(5);

    assertThat(reply.error()).isFalse();
    assertThat(reply.structured().path("result").asString()).isEqualTo("verified");
    assertThat(cluster.sent).containsExactly("replicas=5");
    assertThat(types()).containsExactly(EntryType.INTENT, EntryType.OUTCOME);
  }

  @Test
  void theIntentIsThereBeforeTheRequestIsSent() {
    cluster.whileApplying = () -> assertThat(types()).containsExactly(EntryType.INTENT);

    scale(5);

    assertThat(cluster.sent).hasSize(1);
  }

  @Test
  void sendsNothingWhenTheLedgerCannotBeWritten() {
    cluster.whileTaking = ledger::close;

    Reply reply = scale(5);

    assertThat(code(reply)).isEqualTo(Reason.AUDIT_UNAVAILABLE.name());
    assertThat(cluster.sent).isEmpty();
  }

  @Test
  void putsAScaleBackThatDoesNotBecomeHealthy() {
    cluster.healths.add(new Change.Health.Progressing(3, 5, "3 of 5 pods ready."));

    Reply reply = scale(5);

    assertThat(reply.error()).isTrue();
    assertThat(reply.structured().path("result").asString()).isEqualTo("reverted");
    assertThat(cluster.sent).containsExactly("replicas=5", "replicas=3");
    assertThat(types())
        .containsExactly(EntryType.INTENT, EntryType.INTENT, EntryType.OUTCOME, EntryType.OUTCOME);
  }

  @Test
  void reportsARestartThatDoesNotBecomeHealthy() {
    cluster.healths.add(new Change.Health.Failed("It crashes."));

    Reply reply = call("restart_workload", arguments());

    assertThat(reply.structured().path("result").asString()).isEqualTo("escalated");
    assertThat(reply.text()).contains("It crashes.").contains("do not repeat");
    assertThat(cluster.sent).hasSize(1);
  }

  @Test
  void aRefusalOfTheApiServerEndsTheChangeAndFreesTheBudget() {
    cluster.answer =
        new Change.Applied.Refused(Denial.of(Reason.PDB_BLOCKED, "No disruption.", "Wait."));

    Reply reply = call("restart_workload", arguments());

    assertThat(code(reply)).isEqualTo("PDB_BLOCKED");
    cluster.answer = new Change.Applied.Done();
    assertThat(call("restart_workload", arguments()).error()).isFalse();
  }

  @Test
  void anUnclearAnswerStaysOpenUntilTheObjectCouldBeLookedAt() {
    cluster.answer = new Change.Applied.Unclear("The connection was cut.");
    Reply unclear = scale(5);
    cluster.answer = new Change.Applied.Done();

    assertThat(unclear.structured().path("result").asString()).isEqualTo("unknown");
    assertThat(code(scale(6))).isEqualTo("LOCKED");
    assertThat(cluster.sent).hasSize(1);

    cluster.found = Found.NOT_APPLIED;
    assertThat(scale(6).error()).isFalse();
    List<Entry> outcomes = outcomes();
    assertThat(outcomes.getFirst().text("result")).isEqualTo("not_applied");
    assertThat(outcomes.getFirst().body().path("charged").asBoolean()).isTrue();
  }

  @Test
  void cancellingTheCallDoesNotStopWhatHasBegun() throws InterruptedException {
    CountDownLatch applying = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    cluster.whileApplying =
        () -> {
          applying.countDown();
          uninterruptibly(goOn);
        };
    Thread caller = Thread.ofPlatform().start(() -> scale(5));
    applying.await();
    caller.interrupt();
    caller.join();
    goOn.countDown();

    assertThat(underWay.awaitNone(Duration.ofSeconds(5))).isTrue();
    assertThat(outcomes()).singleElement().extracting(e -> e.text("result")).isEqualTo("verified");
  }

  @Test
  void aFailureOfOurOwnIsARefusalWithoutDetails() {
    cluster.whileTaking =
        () -> {
          throw new IllegalStateException("secret detail");
        };

    Reply reply = scale(5);

    assertThat(code(reply)).isEqualTo("INTERNAL");
    assertThat(reply.text() + reply.structured()).doesNotContain("secret detail");
    assertThat(cluster.sent).isEmpty();
  }

  @Test
  void aFailureAfterTheActBeganSaysThatItMayHaveBeenDone() {
    cluster.whileApplying =
        () -> {
          throw new IllegalStateException("secret detail");
        };

    Reply reply = scale(5);

    assertThat(code(reply)).isEqualTo("INTERNAL");
    assertThat(reply.text())
        .contains("may have been done")
        .contains("Look at the target")
        .doesNotContain("nothing was done")
        .doesNotContain("secret detail");
  }

  @Test
  void takingTheTargetHasTheTimeOfOneCall() {
    cluster.whileTaking = () -> assertThat(CallTimes.isRunning()).isTrue();

    Reply reply = scale(5);

    assertThat(reply.error()).isFalse();
  }

  @Test
  void listsOnlyTheWriteToolsThatARuleEnablesAndRefusesTheOthers() {
    assertThat(calls.listed(new Caller("stdio:agent")))
        .extracting(tool -> tool.name())
        .containsExactly("scale_workload", "restart_workload");

    Reply reply =
        call(
            "evict_pod",
            JsonNodeFactory.instance
                .objectNode()
                .put("namespace", "shop")
                .put("pod", "web-1")
                .put("reason", "x"));

    assertThat(code(reply)).isEqualTo("TOOL_NOT_ENABLED");
    assertThat(cluster.sent).isEmpty();
  }

  @Test
  void aFileThatBreaksClosesWritesAndLeavesReadsAsTheyWere() {
    assertThat(calls.listed(new Caller("stdio:agent"))).hasSize(2);
    policy =
        new PolicyFile(new KnownTools(java.util.Set.of(), java.util.Set.of()))
            .load("tools.yaml", "rules: [".getBytes(StandardCharsets.UTF_8));

    assertThat(calls.listed(new Caller("stdio:agent"))).isEmpty();
    assertThat(code(scale(4))).isEqualTo("POLICY_INVALID");
    assertThat(cluster.sent).isEmpty();
  }

  @Test
  void refusesPatternsSelectorsAndUnknownArguments() {
    assertThat(code(call("restart_workload", arguments().put("workload", "deployment/*"))))
        .isEqualTo("BAD_ARGS");
    assertThat(code(call("restart_workload", arguments().put("workload", "deployment/"))))
        .isEqualTo("BAD_ARGS");
    assertThat(code(call("restart_workload", arguments().put("namespace", "shop/../bank"))))
        .isEqualTo("BAD_ARGS");
    assertThat(code(call("restart_workload", arguments().put("labelSelector", "a=b"))))
        .isEqualTo("BAD_ARGS");
    assertThat(code(call("restart_workload", arguments().put("reason", "  "))))
        .isEqualTo("BAD_ARGS");
    assertThat(cluster.sent).isEmpty();
  }

  private Reply scale(int replicas) {
    return call("scale_workload", arguments().put("replicas", replicas));
  }

  private Reply call(String tool, ObjectNode arguments) {
    return calls.run(new Request(new Caller("stdio:test"), "test", tool, arguments, Progress.NONE));
  }

  private static ObjectNode arguments() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("namespace", "shop")
        .put("workload", "deployment/web")
        .put("reason", "a test");
  }

  private static String code(Reply reply) {
    return reply.structured().path("code").asString("");
  }

  private List<EntryType> types() {
    List<EntryType> types = new java.util.ArrayList<>();
    ledger.read(view -> {
      view.forEach(1, entry -> types.add(entry.type()));
      return 0;
    });
    types.removeAll(List.of(EntryType.STARTUP, EntryType.RULE));
    return types;
  }

  private List<Entry> outcomes() {
    List<Entry> outcomes = new java.util.ArrayList<>();
    ledger.read(view -> {
      view.forEach(
          1,
          entry -> {
            if (entry.type() == EntryType.OUTCOME) {
              outcomes.add(entry);
            }
          });
      return 0;
    });
    return outcomes;
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("the act was interrupted", e);
    }
  }
}
