package io.github.kubewicket.policy;

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
public record Attempt(
    Caller caller,
    String tool,
    ChangeClass changeClass,
    ObjectNode arguments,
    Target target,
    String reason,
    Optional<String> trigger,
    OptionalDouble confidence,
    Optional<String> approval) {}
