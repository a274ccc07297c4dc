package io.github.kubewicket.server.rbac;

import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.settings.CallerTerms;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.tools.Right;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What it needs in a cluster to know callers, and to ask in their names; besides [Needs].
///
/// @param reviews whether this cluster says whose the tokens of ServiceAccounts are
/// @param impersonated as whom it is asked
public record CallerNeeds(boolean reviews, List<Impersonation> impersonated) {
  /// Callers that nothing is needed for.
  public static final CallerNeeds NONE = new CallerNeeds(false, List.of());

  /// To ask whose a token is (TokenReview).
  static final Right REVIEW = new Right("create", "authentication.k8s.io", "tokenreviews");

  /// To tell Kubernetes' audit log which request it was.
  static final Right EXTRA =
      new Right("impersonate", "authentication.k8s.io", "userextras/kubewicket.dev/request-id");

  private static final Right USERS = new Right("impersonate", "", "users");
  private static final Right GROUPS = new Right("impersonate", "", "groups");

  /// One right.
  ///
  /// @param name of the one user or group that it is about; empty for all of them
  public record Named(Right right, String name) implements Comparable<Named> {
    @Override
    public int compareTo(Named other) {
      int byRight = right.compareTo(other.right);
      return byRight != 0 ? byRight : name.compareTo(other.name);
    }

    /// As people read it, such as `impersonate users (agents)`.
    public String words() {
      return right.words() + (name.isEmpty() ? "" : " (" + name + ")");
    }
  }

  /// Copies the list.
  public CallerNeeds {
    impersonated = List.copyOf(impersonated);
  }

  /// What this policy needs in one cluster. Tokens are reviewed by the first one alone.
  ///
  /// @param cluster its name; empty where the policy names none
  public static CallerNeeds of(Policy policy, String cluster) {
    boolean first =
        policy.clusters().isEmpty() || policy.clusters().getFirst().name().equals(cluster);
    return new CallerNeeds(
        first && policy.http().serviceAccounts().isPresent(),
        policy.callers().terms().stream()
            .filter(terms -> policy.clusters().isEmpty() || terms.allowsCluster(cluster))
            .map(CallerTerms::impersonation)
            .flatMap(Optional::stream)
            .distinct()
            .toList());
  }

  /// The rights, named one by one where templates are fixed.
  public SortedSet<Named> rights() {
    SortedSet<Named> rights = new TreeSet<>();
    if (reviews) {
      rights.add(new Named(REVIEW, ""));
    }
    if (!impersonated.isEmpty()) {
      rights.add(new Named(EXTRA, ""));
    }
    for (Impersonation as : impersonated) {
      rights.add(named(USERS, as.user()));
      as.groups().forEach(group -> rights.add(named(GROUPS, group)));
    }
    return Collections.unmodifiableSortedSet(rights);
  }

  private static Named named(Right right, String template) {
    return new Named(right, ImpersonationRole.isFixed(template) ? template : "");
  }
}
