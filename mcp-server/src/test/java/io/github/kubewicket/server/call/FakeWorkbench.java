package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Operations;
import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.WayBack;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Found;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Workbench;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;

/// A cluster with one Deployment, whose every answer a test sets.
final class FakeWorkbench implements Workbench {
  int replicas = 3;
  final List<String> sent = new ArrayList<>();
  final Deque<Change.Health> healths = new ArrayDeque<>();
  Change.Applied answer = new Change.Applied.Done();
  Found found = Found.UNSEEN;
  Runnable whileApplying = () -> {};
  Runnable whileTaking = () -> {};
  Runnable whilePreviewing = () -> {};

  @Override
  public Change take(Plan plan) {
    whileTaking.run();
    return new Taken(plan, replicas);
  }

  @Override
  public Found find(Entry intent) {
    return found;
  }

  private final class Taken implements Change {
    private final Plan plan;
    private final int before;

    Taken(Plan plan, int before) {
      this.plan = plan;
      this.before = before;
    }

    @Override
    public Target target() {
      return new Target(
          "cluster-1",
          "apps/v1",
          "Deployment",
          plan.namespace(),
          "web",
          "uid-web",
          1,
          "sha256:" + before,
          Map.of(),
          "Deployment/web",
          Optional.empty());
    }

    @Override
    public Preview preview(Instant plannedAt) {
      whilePreviewing.run();
      return new Preview(
          "PATCH",
          "/web",
          "application/merge-patch+json",
          "sha256:" + wanted(),
          "-" + before + "\n+" + wanted(),
          "sha256:diff",
          "sha256:after",
          JsonNodeFactory.instance.objectNode().put("replicasBefore", before),
          new WayBack.Inverse("replicas back to " + before),
          List.of());
    }

    @Override
    public Applied apply(Permit permit, Preview preview) {
      String digest =
          Operations.digest(
              "PATCH", "/web", "application/merge-patch+json", "sha256:" + wanted(), "uid-web");
      if (!permit.use(digest)) {
        throw new AssertionError("the permit does not fit");
      }
      whileApplying.run();
      sent.add("replicas=" + wanted());
      if (answer instanceof Applied.Done) {
        replicas = wanted();
      }
      return answer;
    }

    @Override
    public Health health() {
      Health next = healths.size() > 1 ? healths.poll() : healths.peek();
      return next == null ? new Health.Healthy("all there") : next;
    }

    @Override
    public Optional<Plan> inverse() {
      return plan instanceof Plan.Scale scale
          ? Optional.of(
              new Plan.Scale(
                  scale.namespace(),
                  scale.workload(),
                  before,
                  OptionalInt.of(scale.replicas()),
                  scale.why()))
          : Optional.empty();
    }

    private int wanted() {
      return plan instanceof Plan.Scale scale ? scale.replicas() : before;
    }
  }
}
