package io.github.kubewicket.server.context;

import static io.github.kubewicket.server.context.Shopfloor.seen;
import static io.github.kubewicket.server.context.Shopfloor.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.cluster.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Around the demo's shop, over HTTP, with the targets that changes have.
class DemoSurroundingsTest {
  private final DemoCluster demo = DemoCluster.start(InstantSource.system(), new Random(7));
  private final Connection connection =
      Connection.direct(demo.uri(), demo.token(), "test", InstantSource.system());

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void seesTheBackupThatRunsAndWhatTheScheduleDidBefore() {
    List<CronPlan> asked = new ArrayList<>();
    SurroundingsReader reader =
        new SurroundingsReader(
            connection.view(),
            InstantSource.system(),
            (plan, margin, now) -> {
              asked.add(plan);
              return Known.of(List.of());
            });

    Surroundings around = reader.read(checkout(), ContextSettings.USUAL);

    assertThat(seen(around.backups())).extracting(Activity::source).containsExactly("running Job");
    assertThat(asked).extracting(CronPlan::schedule).containsExactly("0 2 * * *");
    assertThat(asked.getFirst().pastRuns()).hasSize(1);
    assertThat(why(around.usage())).isEqualTo("metrics.k8s.io is not served");
    assertThat(seen(around.workload()).name()).isEqualTo("checkout");
    assertThat(seen(around.crowd()).unhealthy()).isPositive();
    assertThat(seen(around.deployments()))
        .extracting(Activity::what)
        .contains("Deployment/checkout");
  }

  private Target checkout() {
    Plan.Why why =
        new Plan.Why("a test", Optional.empty(), OptionalDouble.empty(), Optional.empty());
    return connection
        .workbench()
        .take(new Plan.Restart("shop", new Plan.WorkloadRef("deployment", "checkout"), why))
        .target();
  }
}
