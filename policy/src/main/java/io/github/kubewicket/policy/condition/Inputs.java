package io.github.kubewicket.policy.condition;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Environment;
import java.time.Instant;

/// What a condition may look at.
///
/// @param attempt the call, its target and its surroundings
/// @param environment what the target's namespace is for
/// @param now the moment of asking
public record Inputs(Attempt attempt, Environment environment, Instant now) {}
