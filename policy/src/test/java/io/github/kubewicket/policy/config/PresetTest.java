package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Around;
import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.condition.Answer;
import io.github.kubewicket.policy.condition.CelConditions;
import io.github.kubewicket.policy.condition.Inputs;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.WorkloadState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The conditions of the presets, answered by the real CEL.
class PresetTest {
  private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");
  private static final Target TARGET =
      new Target(
          "c",
          "v1",
          "Pod",
          "shop",
          "web-1",
          "u",
          1,
          "sha256:0",
          Map.of(),
          "Deployment/web",
          Optional.of("web-1"));
  private static final CelConditions CEL = new CelConditions();

  private final Around around = Around.quiet(NOW, TARGET);
  private final ObjectNode arguments = JsonNodeFactory.instance.objectNode();

  @Test
  void evictsAPodThatCrashesAgainAndAgain() {
    around.pod = pod(Optional.of("CrashLoopBackOff"));

    assertThat(answers("crash-loop-eviction"))
        .containsExactly(new Answer.True(), new Answer.True());
  }

  @Test
  void evictsNoPodThatDoesNot() {
    around.pod = pod(Optional.of("ImagePullBackOff"));
    List<Answer> waiting = answers("crash-loop-eviction");
    around.pod = pod(Optional.empty());
    List<Answer> running = answers("crash-loop-eviction");
    around.pod = Known.unknown("pods: forbidden");
    List<Answer> unseen = answers("crash-loop-eviction");

    assertThat(List.of(waiting, running, unseen))
        .allSatisfy(it -> assertThat(it.getFirst()).isNotEqualTo(new Answer.True()));
  }

  @Test
  void evictsNoPodThatIsTheOnlyOne() {
    around.pod = pod(Optional.of("CrashLoopBackOff"));
    around.workload = Known.of(Around.workload("Deployment", "web", 1));

    assertThat(answers("crash-loop-eviction"))
        .containsExactly(new Answer.True(), new Answer.False());
  }

  @Test
  void restartsOnlyWhatKeepsNothingOnDisk() {
    List<Answer> without = answers("stateless-restart");
    around.workload = Known.of(withVolumes());
    List<Answer> with = answers("stateless-restart");

    assertThat(without).containsExactly(new Answer.True());
    assertThat(with).containsExactly(new Answer.False());
  }

  @Test
  void scalesOutAndNeverIn() {
    List<Answer> more = scaled(4);
    List<Answer> same = scaled(3);
    List<Answer> fewer = scaled(2);

    assertThat(more).containsExactly(new Answer.True());
    assertThat(same).containsExactly(new Answer.False());
    assertThat(fewer).containsExactly(new Answer.False());
  }

  private List<Answer> scaled(int replicas) {
    arguments.put("replicas", replicas);
    return answers("scale-out");
  }

  private List<Answer> answers(String preset) {
    String file =
        "apiVersion: kubewicket.dev/v1\nrules: [{name: a, preset: "
            + preset
            + ", namespaces: [shop], tier: auto}]\n";
    Loaded loaded =
        new PolicyFile(ToolsForTests.known(), CEL)
            .load("tools.yaml", file.getBytes(StandardCharsets.UTF_8));
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded)
        .policy().rules().getFirst().terms().require().stream()
            .map(it -> CEL.evaluate(it.expression(), inputs()))
            .toList();
  }

  private Inputs inputs() {
    Attempt attempt =
        new Attempt(
                new Caller("stdio:ada"),
                "evict_pod",
                ChangeClass.RESTART,
                arguments,
                TARGET,
                "it crashes",
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty())
            .in(around.seen());
    return new Inputs(attempt, Environment.OTHER, NOW);
  }

  private static Known<Optional<PodState>> pod(Optional<String> waiting) {
    return Known.of(
        Optional.of(
            new PodState(
                "web-1", Map.of(), NOW.minusSeconds(7_200), false, 4, Optional.empty(), waiting)));
  }

  private static WorkloadState withVolumes() {
    WorkloadState it = Around.workload("Deployment", "web", 3);
    return new WorkloadState(
        it.kind(),
        it.name(),
        it.labels(),
        it.annotations(),
        it.replicas(),
        it.ready(),
        it.rolloutComplete(),
        it.availableSince(),
        it.restartedAt(),
        it.readinessProbes(),
        it.livenessProbes(),
        true);
  }
}
