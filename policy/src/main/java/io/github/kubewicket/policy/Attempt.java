package io.github.kubewicket.policy;

import io.github.kubewicket.policy.context.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/// One wish to change one object: who wants what done to which target, and why.
///
/// @param caller who asks, from the transport
/// @param tool the tool's name, such as `restart_workload`
/// @param changeClass the class whose budgets it uses
/// @param arguments the call's arguments without `approval`, as they are bound by an approval
/// @param target the object, read just now
/// @param reason why, in the agent's words; untrusted text, for people
/// @param trigger the alert or signal that the agent names; untrusted text
/// @param confidence 0 to 1 as the agent claims it; shown to people, never lowers a requirement
/// @param approval a request id or an approval token, when the agent carries one
/// @param surroundings what the server saw around the target just now
/// @param observed how long the server has, in this call, seen every requirement hold
/// @param announced whether people have been told that this is about to be done
/// @param askedAs in whose name Kubernetes is asked; empty for the server's own account
public record Attempt(
    Caller caller,
    String tool,
    ChangeClass changeClass,
    ObjectNode arguments,
    Target target,
    String reason,
    Optional<String> trigger,
    OptionalDouble confidence,
    Optional<String> approval,
    Surroundings surroundings,
    Duration observed,
    boolean announced,
    Optional<AskedAs> askedAs) {
  /// An attempt with the server's own account.
  public Attempt(
      Caller caller,
      String tool,
      ChangeClass changeClass,
      ObjectNode arguments,
      Target target,
      String reason,
      Optional<String> trigger,
      OptionalDouble confidence,
      Optional<String> approval,
      Surroundings surroundings,
      Duration observed,
      boolean announced) {
    this(
        caller,
        tool,
        changeClass,
        arguments,
        target,
        reason,
        trigger,
        confidence,
        approval,
        surroundings,
        observed,
        announced,
        Optional.empty());
  }

  /// An attempt around which nothing was looked at yet.
  public Attempt(
      Caller caller,
      String tool,
      ChangeClass changeClass,
      ObjectNode arguments,
      Target target,
      String reason,
      Optional<String> trigger,
      OptionalDouble confidence,
      Optional<String> approval) {
    this(
        caller,
        tool,
        changeClass,
        arguments,
        target,
        reason,
        trigger,
        confidence,
        approval,
        Surroundings.unseen(Instant.EPOCH, "nothing was looked at"),
        Duration.ZERO,
        false);
  }

  /// The same attempt, in these surroundings.
  public Attempt in(Surroundings seen) {
    return with(seen, observed, announced, askedAs);
  }

  /// The same attempt, after its requirements were seen to hold for so long.
  public Attempt observedFor(Duration time) {
    return with(surroundings, time, announced, askedAs);
  }

  /// The same attempt, after people were told of it.
  public Attempt afterAnnouncement() {
    return with(surroundings, observed, true, askedAs);
  }

  /// The same attempt, in this name.
  public Attempt askedAs(Optional<AskedAs> name) {
    return with(surroundings, observed, announced, name);
  }

  private Attempt with(Surroundings seen, Duration time, boolean told, Optional<AskedAs> name) {
    return new Attempt(
        caller,
        tool,
        changeClass,
        arguments,
        target,
        reason,
        trigger,
        confidence,
        approval,
        seen,
        time,
        told,
        name);
  }
}
