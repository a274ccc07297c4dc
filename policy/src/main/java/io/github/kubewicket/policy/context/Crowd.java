package io.github.kubewicket.policy.context;

/// How the workloads of a namespace are doing; where many are not well, the cause is elsewhere.
///
/// @param workloads Deployments, StatefulSets and DaemonSets that want at least one pod
/// @param unhealthy those of them with fewer pods ready than wanted
public record Crowd(int workloads, int unhealthy) {}
