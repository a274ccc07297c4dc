package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.settings.NeverItem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What no agent may touch, whoever approves: what decides about access and about policy itself,
/// what holds data that nothing brings back, and Kubewicket's own objects. `tools.yaml` can add to
/// it; taking something out (`unsafeAllow`) leaves two people to approve.
public final class NeverGuard implements Guard {
  /// Kinds whose every change is refused. The kinds of every API group that uses these names.
  static final Set<String> KINDS =
      Set.of(
          "Secret",
          "ServiceAccount",
          "TokenRequest",
          "Role",
          "ClusterRole",
          "RoleBinding",
          "ClusterRoleBinding",
          "NetworkPolicy",
          "AdminNetworkPolicy",
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "CustomResourceDefinition",
          "APIService",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "Namespace",
          "Node",
          "CertificateSigningRequest");

  private static final String OWN = "kubewicket";
  private static final List<String> OWN_LABELS =
      List.of("app.kubernetes.io/name", "app.kubernetes.io/part-of", "app");

  @Override
  public String name() {
    return "never-list";
  }

  @Override
  public Finding look(Case it) {
    Target target = it.attempt().target();
    if (isOwn(target.labels())
        || it.around().workload().map(w -> isOwn(w.labels())).orElse(false)) {
      return no("Kubewicket does not change its own objects.", "the compiled-in never-list");
    }
    for (NeverItem item : it.settings().never()) {
      if (concerns(item, it)) {
        return no("tools.yaml lists " + target.kind() + " as never to be changed.", "never");
      }
    }
    if (!isCompiledIn(target.kind())) {
      return new Finding.Passed("a " + target.kind() + " is not on the never-list");
    }
    return isUnsafelyAllowed(it)
        ? new Finding.Ceiling(
            Tier.APPROVE,
            Reason.HARD_DENY,
            "A " + target.kind() + " is on the never-list; unsafeAllow leaves it to two people.")
        : no("A " + target.kind() + " is never changed by an agent.", "the compiled-in never-list");
  }

  /// How many people have to approve: what the rule says, and two at least where `unsafeAllow` is
  /// what lets it through.
  public static int approvals(Case it) {
    boolean unsafe = isCompiledIn(it.attempt().target().kind()) && isUnsafelyAllowed(it);
    return Math.max(it.rule().terms().approvals(), unsafe ? 2 : 1);
  }

  private static boolean isCompiledIn(String kind) {
    return KINDS.contains(kind);
  }

  private static boolean isUnsafelyAllowed(Case it) {
    return it.settings().unsafeAllow().stream().anyMatch(item -> concerns(item, it));
  }

  private static boolean isOwn(Map<String, String> labels) {
    return OWN_LABELS.stream().anyMatch(key -> OWN.equals(labels.get(key)));
  }

  private static boolean concerns(NeverItem item, Case it) {
    Target target = it.attempt().target();
    return (item.kinds().contains("*")
            || item.kinds().contains(target.kind())
            || item.kinds().contains(target.workloadKind()))
        && (item.tools().isEmpty() || item.tools().contains(it.attempt().tool()))
        && (item.namespaces().isEmpty()
            || NamePatterns.anyFits(item.namespaces(), target.namespace()));
  }

  private static Finding no(String message, String key) {
    return new Finding.Refused(
        Denial.of(Reason.HARD_DENY, message, "Hand over to a person; no approval lifts this.")
            .byRule(key));
  }
}
