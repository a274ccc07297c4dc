package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.ledger.EntryType;
import java.time.Instant;

/// What a person never approved, and nobody ever saw work, an agent does not do alone: the same
/// tool, on the same kind, in the same kind of environment, in the same namespace.
public final class NoveltyGuard implements Guard {
  @Override
  public String name() {
    return "novelty";
  }

  @Override
  public Finding look(Case it) {
    if (!it.settings().novelty()) {
      return new Finding.Passed("novelty is not looked at (novelty is off)");
    }
    String signature = signature(it.attempt(), it.environment());
    return it.ledger().about(EntryType.OUTCOME, signature, Instant.EPOCH, 1).isEmpty()
        ? new Finding.Ceiling(
            Tier.APPROVE,
            Reason.NOVEL,
            "nothing like it was ever approved and verified: " + signature)
        : new Finding.Passed("the like of it was approved and verified before");
  }

  /// What makes two acts alike; an outcome that proves one has it as its `subject`.
  public static String signature(Attempt attempt, Environment environment) {
    return "act:"
        + attempt.tool()
        + "/"
        + attempt.target().workloadKind()
        + "/"
        + environment.word()
        + "/"
        + attempt.target().cluster()
        + "/"
        + attempt.target().namespace();
  }
}
