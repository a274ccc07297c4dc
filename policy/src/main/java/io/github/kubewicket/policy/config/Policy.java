package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.Callers;
import io.github.kubewicket.policy.settings.ClusterSettings;
import io.github.kubewicket.policy.settings.Guardrails;
import io.github.kubewicket.policy.settings.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `tools.yaml` says, checked.
///
/// @param digest `sha256:` of the file's bytes; approvals are bound to it
/// @param tools the read tools that exist, in the file's order
/// @param answerBytes the byte budget of one answer, 1,024 to 262,144; 8,192 where the file is
///   silent
/// @param rules first match wins; no match is no
/// @param budgets all budgets in force, the defaults included
/// @param approvers the people whose statements count
/// @param approvalTtl how long a request and its approval live, 1 minute to 4 hours; 15 minutes by
///   default
/// @param maxPending how many requests of one caller may wait at a time, 1 to 100; 5 by default
/// @param guardrails what holds for every rule
/// @param http how Kubewicket is called over HTTP, and who may call
/// @param callers who may do what at most
/// @param clusters the clusters by name; empty for the one that the server finds by itself
public record Policy(
    String digest,
    List<String> tools,
    int answerBytes,
    List<Rule> rules,
    List<Budget> budgets,
    List<Approver> approvers,
    Duration approvalTtl,
    int maxPending,
    Guardrails guardrails,
    HttpSettings http,
    Callers callers,
    List<ClusterSettings> clusters) {
  /// Copies the collections.
  public Policy {
    tools = List.copyOf(tools);
    rules = List.copyOf(rules);
    budgets = List.copyOf(budgets);
    approvers = List.copyOf(approvers);
    clusters = List.copyOf(clusters);
  }

  /// A policy that says nothing of HTTP, callers and clusters.
  public Policy(
      String digest,
      List<String> tools,
      int answerBytes,
      List<Rule> rules,
      List<Budget> budgets,
      List<Approver> approvers,
      Duration approvalTtl,
      int maxPending,
      Guardrails guardrails) {
    this(
        digest,
        tools,
        answerBytes,
        rules,
        budgets,
        approvers,
        approvalTtl,
        maxPending,
        guardrails,
        HttpSettings.USUAL,
        Callers.EVERYBODY,
        List.of());
  }

  /// Whether any rule lets this write tool do anything at all; only then is it listed.
  public boolean enables(String writeTool) {
    return rules.stream()
        .anyMatch(rule ->
            rule.tools().contains(writeTool)
                && rule.tier() != io.github.kubewicket.policy.Tier.NEVER);
  }

  /// How long a change may take to become healthy.
  public Duration verifyTimeout() {
    return guardrails.verify().timeout();
  }

  /// What it says about one of its clusters: without the rules that do not speak about it.
  public Policy on(String cluster) {
    return new Policy(
        digest,
        tools,
        answerBytes,
        rules.stream().filter(rule -> rule.reaches(cluster)).toList(),
        budgets,
        approvers,
        approvalTtl,
        maxPending,
        guardrails,
        http,
        callers,
        clusters);
  }

  /// The approver with this key.
  public Optional<Approver> approverWithKey(String keyId) {
    return approvers.stream().filter(approver -> approver.keyId().equals(keyId)).findFirst();
  }

  /// A person who may approve.
  ///
  /// @param name unique
  /// @param keyId `sha256:` fingerprint of the public key, the `kid` of the statements
  /// @param publicKey `ed25519:` and the base64 of the 32 key bytes
  /// @param principals caller names that are this person; what they request they cannot approve
  public record Approver(String name, String keyId, String publicKey, Set<String> principals) {
    /// Copies the principals.
    public Approver {
      principals = Set.copyOf(principals);
    }
  }
}
