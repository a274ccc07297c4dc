package io.github.kubewicket.server.context;

import static io.github.kubewicket.server.context.Shopfloor.seen;
import static io.github.kubewicket.server.context.Shopfloor.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.server.cluster.ClusterException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What cannot be seen is unknown, and harms nothing else.
class UnseenSurroundingsTest {
  private final Shopfloor shop = new Shopfloor();
  private final FakeView cluster = shop.cluster;

  @Test
  void whatIsForbiddenIsUnknownAndHarmsNothingElse() {
    cluster.fail("jobs", Reason.FORBIDDEN, "Kubernetes does not allow this: jobs are secret");
    cluster.fail("services", Reason.CLUSTER_UNAVAILABLE, "The cluster does not answer.");
    cluster.fail("poddisruptionbudgets", Reason.CLUSTER_ERROR, "There are more than 2000 of them.");

    Surroundings around = shop.aroundWeb();

    assertThat(why(around.backups())).isEqualTo("jobs.batch: forbidden");
    assertThat(why(around.services())).isEqualTo("services: The cluster does not answer.");
    assertThat(why(around.disruptionBudgets())).contains("more than 2000");
    assertThat(seen(around.workload()).name()).isEqualTo("web");
    assertThat(seen(around.deployments())).isEmpty();
  }

  @Test
  void aBackupThatRunsIsStillNamedWhereAnotherSourceFails() {
    cluster.put("{apiVersion: batch/v1, kind: Job, metadata: {name: nightly-backup}}");
    cluster.fail("cronjobs", Reason.FORBIDDEN, "no");

    Surroundings around = shop.aroundWeb();

    assertThat(why(around.backups()))
        .isEqualTo("cronjobs.batch: forbidden; seen: Job/nightly-backup");
  }

  @Test
  void aKindThatIsNotServedHasNoObjectsButABrokenGroupIsUnknown() {
    assertThat(seen(shop.aroundWeb().backups())).isEmpty();
    cluster.breakGroup("velero.io/v1");
    cluster.breakGroup("metrics.k8s.io/v1beta1");

    Surroundings around = shop.aroundWeb();

    assertThat(why(around.backups())).isEqualTo("backups.velero.io: the API group does not answer");
    assertThat(why(around.usage())).contains("the API group does not answer");
    assertThat(seen(around.deployments())).isEmpty();
  }

  @Test
  void nothingIsKnownWhereTheClusterDoesNotEvenTellItsKinds() {
    cluster.fail("kinds", Reason.CLUSTER_UNAVAILABLE, "The cluster does not answer.");

    Surroundings around = shop.aroundWeb();

    assertThat(why(around.namespace())).contains("does not answer");
    assertThat(why(around.workload())).contains("does not answer");
    assertThat(why(around.backups())).contains("does not answer");
    assertThat(why(around.usage())).contains("does not answer");
    assertThat(seen(around.pod())).isEmpty();
  }

  @Test
  void endsInTimeWhateverTheClusterDoes() {
    cluster.stick("jobs");
    cluster.stick("services");

    long start = System.nanoTime();
    Surroundings around = shop.aroundWeb();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(took).isLessThan(Duration.ofSeconds(4));
    assertThat(why(around.services())).contains("no answer within 2000 milliseconds");
    assertThat(why(around.backups())).contains("no answer within 2000 milliseconds");
    assertThat(seen(around.crowd())).isEqualTo(new Crowd(1, 0));
  }

  @Test
  void endsAtOnceWhenTheCallIsCancelled() {
    cluster.stick("jobs");
    Thread.currentThread().interrupt();

    ClusterException cancelled =
        catchThrowableOfType(ClusterException.class, () -> shop.aroundWeb());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(cancelled.denial().code()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void whatThePolicySwitchesOffIsNotLookedAt() {
    ContextSettings off =
        new ContextSettings(false, "(", Reach.OFF, true, Duration.ZERO, Reach.OFF, false, false);

    Surroundings around = shop.around(Shopfloor.web(), off);

    assertThat(why(around.backups())).contains("the policy switches it off");
    assertThat(why(around.deployments())).contains("the policy switches it off");
    assertThat(why(around.incidents())).contains("the policy switches it off");
  }

  @Test
  void aTargetWithoutANamespaceHasNothingKnownAroundIt() {
    Target node =
        new Target(
            "cluster",
            "v1",
            "Node",
            "",
            "n1",
            "Node-n1",
            0,
            "sha256:x",
            Map.of(),
            "Node/n1",
            Optional.empty());

    Surroundings around = shop.around(node, ContextSettings.USUAL);

    assertThat(why(around.namespace())).isEqualTo("the target is in no namespace");
    assertThat(why(around.backups())).isEqualTo("the target is in no namespace");
  }
}
