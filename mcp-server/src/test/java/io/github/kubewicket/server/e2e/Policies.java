package io.github.kubewicket.server.e2e;

/// tools.yaml for tests: one rule for all write tools in one namespace.
final class Policies {
  private static final String AMPLE =
      "pod: 100/1h, workload: 100/1h, namespace: 100/1h, cluster: 1000/1h, tool: 1000/1h, caller: 1000/1h";

  /// Guardrails that a test does not speak of let its acts through.
  static final String LENIENT =
      "novelty: off\n"
          + "nativeHealing: off\n"
          + "attempts: {max: 50}\n"
          + "freeze: {denials: 1000/10m}\n"
          + "blastRadius: {maxIncreasePercent: 1000, maxReplicas: 100, workloadsPerIncident: 100,"
          + " stormPercent: 100, lastReplica: off}";

  private Policies() {}

  /// Acts without asking anybody, with budgets that no test uses up.
  static String auto(String namespace, String verifyTimeout) {
    return auto(namespace, verifyTimeout, AMPLE);
  }

  /// Acts without asking anybody, with these budgets for restarts.
  static String auto(String namespace, String verifyTimeout, String restarts) {
    return policy(namespace, "tier: auto\n    shadow: off", verifyTimeout, restarts);
  }

  /// One rule with these terms, such as `tier: auto`, each on a line of its own.
  static String rule(String namespace, String... terms) {
    return policy(namespace, String.join("\n    ", terms), "90s", AMPLE);
  }

  /// The people who approve, to be appended to a policy.
  ///
  /// @param keys the public halves of their keys
  static String approvers(String... keys) {
    StringBuilder yaml = new StringBuilder("approvers:\n");
    for (int i = 0; i < keys.length; i++) {
      yaml.append("  - {name: on-call-%d, key: \"%s\"}\n".formatted(i + 1, keys[i]));
    }
    return yaml.toString();
  }

  /// Acts after this person has approved it.
  ///
  /// @param key the public half of the person's key
  /// @param principals the callers that are this person
  static String approve(String namespace, String key, String... principals) {
    return policy(namespace, "tier: approve\n    shadow: off", "90s", AMPLE)
        + """
        approvals: {maxPending: 100}
        approvers:
          - {name: on-call, key: "%s"%s}
        """
            .formatted(
                key,
                principals.length == 0
                    ? ""
                    : ", principals: [\"" + String.join("\", \"", principals) + "\"]");
  }

  private static String policy(
      String namespace, String terms, String verifyTimeout, String restarts) {
    return """
    apiVersion: kubewicket.dev/v1
    rules:
      - name: all
        tools: [restart_workload, scale_workload, evict_pod]
        namespaces: ["%s"]
        %s
    verify: {timeout: %s}
    %s
    budgets:
      podMinAge: 0s
      restart: {%s}
      scale: {%s}
    """
        .formatted(
            namespace,
            terms,
            verifyTimeout,
            LENIENT,
            restarts,
            AMPLE.substring("pod: 100/1h, ".length()));
  }
}
