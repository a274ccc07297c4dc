package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.settings.VerifySettings;
import io.github.kubewicket.policy.window.Calendars;
import io.github.kubewicket.policy.window.WindowCheck;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.tools.workload.ScaleWorkload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;

/// A call path over the fake cluster under one rule, with a clock that the test moves and people
/// who write down what they are told.
final class WayOfAChange implements AutoCloseable {
  final FakeWorkbench cluster = new FakeWorkbench();
  final List<String> told = new ArrayList<>();
  private final List<Duration> paused = new ArrayList<>();

  volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");

  /// What happens while the server pauses: time passes, unless the test says otherwise.
  Consumer<Duration> passing = duration -> now = now.plus(duration);

  private final SqliteLedger ledger;
  private final CallPath calls;

  /// @param rule what the one rule says behind its targets, such as `tier: notify, shadow: off`
  WayOfAChange(Path state, String rule) {
    Loaded policy =
        new PolicyFile(new KnownTools(Set.of(), Set.of("scale_workload")))
            .load("tools.yaml", policy(rule).getBytes(StandardCharsets.UTF_8));
    Checks checks = new Checks(Conditions.none(), new WindowCheck(Calendars.none()));
    ledger =
        new SqliteLedger(
            new StateDirectory(state), () -> now, new SecureRandom(), CheckpointSink.none());
    Gate gate =
        new Gate(() -> policy, ledger, checks, new Ids(new SecureRandom()), () -> now, "p1-test");
    Announcements announcements =
        new Announcements(message -> told.add(message.path("event").asString()));
    UnderWay underWay = new UnderWay();
    Undertakings undertakings =
        new Undertakings(
            () -> gate,
            new Verification(() -> now, this::pause),
            new WayBackWalk(() -> gate, () -> now),
            () -> new VerifySettings(Duration.ofMillis(50), Duration.ZERO, 2),
            underWay,
            announcements);
    calls =
        new CallPath(
            new Catalogue(List.of(new ScaleWorkload())),
            () -> policy,
            ClusterDesks.only(
                ClusterDesk.of(
                    () -> {
                      throw new IllegalStateException("no read is expected");
                    },
                    () -> cluster,
                    (target, settings) -> Quiet.around(now))),
            new WritePath(
                () -> gate,
                new Settler(() -> ledger, () -> gate, underWay, instance -> false, "p1-test"),
                undertakings,
                announcements,
                this::pause));
  }

  /// Scales the one Deployment to five.
  Reply scale() {
    return calls.run(
        new Request(
            new Caller("stdio:test"),
            "test",
            "scale_workload",
            JsonNodeFactory.instance
                .objectNode()
                .put("namespace", "shop")
                .put("workload", "deployment/web")
                .put("replicas", 5)
                .put("reason", "a test"),
            Progress.NONE));
  }

  /// How long the server has paused so far.
  Duration paused() {
    return paused.stream().reduce(Duration.ZERO, Duration::plus);
  }

  static String code(Reply reply) {
    return reply.structured().path("code").asString("");
  }

  private void pause(Duration duration) {
    paused.add(duration);
    passing.accept(duration);
  }

  private static String policy(String rule) {
    return """
    apiVersion: kubewicket.dev/v1
    notify: {file: /var/log/told.jsonl, hold: 60s}
    rules:
      - {name: all, tools: [scale_workload], namespaces: [shop], RULE}
    novelty: off
    blastRadius: {maxIncreasePercent: 1000}
    """
        .replace("RULE", rule);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
