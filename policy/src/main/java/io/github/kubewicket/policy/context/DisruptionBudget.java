package io.github.kubewicket.policy.context;

/// A PodDisruptionBudget that selects the workload's pods.
///
/// @param name its name
/// @param disruptionsAllowed how many pods may go now
public record DisruptionBudget(String name, int disruptionsAllowed) {}
