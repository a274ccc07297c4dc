package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.approval.ApprovalCheck;
import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.config.Policy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keys that stand in for those of the people in the policy, whose own keys are rightly nowhere
/// near a rehearsal. They are kept nowhere.
final class Understudies {
  /// No rule asks for more people.
  private static final int MOST = 5;

  private final SecureRandom random;
  private final Map<String, ApproverKey> keys = new LinkedHashMap<>();

  Understudies(SecureRandom random) {
    this.random = random;
  }

  /// A policy in which people have such keys.
  ///
  /// @param policy the same but for the keys; its digest too
  /// @param keys those of people who may approve what the caller asks for
  record Cast(Policy policy, List<ApproverKey> keys) {
    /// Copies the list.
    Cast {
      keys = List.copyOf(keys);
    }
  }

  /// Casts this policy for this caller.
  Cast cast(Policy policy, String caller) {
    List<Policy.Approver> approvers = new ArrayList<>();
    List<ApproverKey> able = new ArrayList<>();
    for (Policy.Approver approver : policy.approvers()) {
      if (able.size() == MOST || ApprovalCheck.isRequester(approver, caller)) {
        approvers.add(approver);
        continue;
      }
      ApproverKey key = keys.computeIfAbsent(approver.name(), _ -> ApproverKey.passing(random));
      able.add(key);
      approvers.add(
          new Policy.Approver(
              approver.name(),
              key.publicKey().keyId(),
              key.publicKey().text(),
              approver.principals()));
    }
    return new Cast(Policies.withApprovers(policy, approvers), able);
  }
}
