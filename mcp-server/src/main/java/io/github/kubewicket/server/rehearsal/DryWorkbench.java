package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Found;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Workbench;
import java.time.Instant;
import java.util.Optional;

/// Changes that are dry-run on the API server and never sent: what a permit would let through
/// counts as done, and well.
///
/// @param real reads the targets and makes the dry runs
record DryWorkbench(Workbench real) implements Workbench {
  @Override
  public Change take(Plan plan) {
    return new DryChange(real.take(plan));
  }

  @Override
  public Found find(Entry intent) {
    return real.find(intent);
  }

  private record DryChange(Change real) implements Change {
    @Override
    public Target target() {
      return real.target();
    }

    @Override
    public Preview preview(Instant plannedAt) {
      return real.preview(plannedAt);
    }

    @Override
    public Applied apply(Permit permit, Preview preview) {
      return new Applied.Done();
    }

    @Override
    public Health health() {
      return new Health.Healthy("A rehearsal: nothing was sent.");
    }

    @Override
    public Optional<Plan> inverse() {
      return Optional.empty();
    }
  }
}
