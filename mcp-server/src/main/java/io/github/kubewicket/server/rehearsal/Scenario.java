package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One case: a world, a moment, a past, a call, and what is expected of it.
///
/// @param name for people
/// @param line where it stands in the file, from 1
/// @param at the moment of the call
/// @param objects all that is in the cluster
/// @param history acts before the call
/// @param call the call
/// @param everyRuleAt the tier that every rule has for this case, whatever it says
/// @param shadowOver whether all rules have left their shadow
/// @param expect what is expected
/// @param cluster the name of the cluster that it plays in; empty for the only one
public record Scenario(
    String name,
    int line,
    Instant at,
    List<ObjectNode> objects,
    List<Act> history,
    Call call,
    Optional<Tier> everyRuleAt,
    boolean shadowOver,
    Expected expect,
    Optional<String> cluster) {
  /// Copies the lists.
  public Scenario {
    objects = List.copyOf(objects);
    history = List.copyOf(history);
  }

  /// An act in the past.
  ///
  /// @param at when it was done
  /// @param call what was done; never approved here
  /// @param result how it ended
  /// @param tier at which it was let through
  public record Act(Instant at, Call call, Outcome.Result result, Tier tier) {}

  /// A call of a write tool.
  ///
  /// @param tool the tool's name
  /// @param caller such as `stdio:agent`
  /// @param arguments as the agent gives them, `reason` included, `approval` excluded
  /// @param approvedAt when a person approved it, where one did
  public record Call(
      String tool, String caller, ObjectNode arguments, Optional<Instant> approvedAt) {}

  /// What is expected; what is empty is not looked at.
  ///
  /// @param decision `allow`, `approval_required`, `suggested`, `shadow` or `deny`
  /// @param code such as `BACKUP_RUNNING`
  /// @param retryAfter when it may be tried again
  /// @param tier the tier that is left
  /// @param rule the rule that speaks
  public record Expected(
      String decision,
      Optional<String> code,
      Optional<Instant> retryAfter,
      Optional<Tier> tier,
      Optional<String> rule) {}
}
