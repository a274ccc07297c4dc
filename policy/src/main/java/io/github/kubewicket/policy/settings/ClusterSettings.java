package io.github.kubewicket.policy.settings;

import java.util.Optional;

/// One cluster that `tools.yaml` names.
///
/// @param name unique; up to 63 lower-case letters, digits and dashes
/// @param kubeconfig the absolute path of a kubeconfig file; empty where the server looks as
///   kubectl does
/// @param context a context of that file; empty for its current one
/// @param inCluster whether it is the cluster that the server runs in, with the account of its pod
public record ClusterSettings(
    String name, Optional<String> kubeconfig, Optional<String> context, boolean inCluster) {}
