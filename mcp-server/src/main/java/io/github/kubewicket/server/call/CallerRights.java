package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.CallerGuard;
import io.github.kubewicket.policy.settings.CallerTerms;
import io.github.kubewicket.server.catalogue.PolicyTool;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.ScopedView;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one caller may do and see here, as `callers` in `tools.yaml` and its credential say. For
/// writes the gate asks all of this again.
public final class CallerRights {
  // Callers over the network; without a policy nothing is known of them.
  private static final Pattern REMOTE = Pattern.compile("(token|oidc|sa|cert):.*");

  private final Caller caller;
  private final Optional<Policy> policy;

  /// The rights of this caller.
  ///
  /// @param policy the policy in force, or the last one that was right; empty where none ever was
  public CallerRights(Caller caller, Optional<Policy> policy) {
    this.caller = caller;
    this.policy = policy;
  }

  /// Why it may not use this tool; empty where it may.
  public Optional<Denial> refusal(Tool tool) {
    if (!caller.scopes().contains(Caller.READ)) {
      return Optional.of(CallerGuard.noScope(caller, Caller.READ));
    }
    if (tool instanceof WriteTool<?> && !caller.mayWrite()) {
      return Optional.of(CallerGuard.noScope(caller, Caller.WRITE));
    }
    return unknown().or(() -> policy.flatMap(it -> CallerGuard.tool(it, caller, tool.name())));
  }

  /// Why it may not read at all; empty where it may read something.
  public Optional<Denial> refusal() {
    if (!caller.scopes().contains(Caller.READ)) {
      return Optional.of(CallerGuard.noScope(caller, Caller.READ));
    }
    return unknown().or(() -> policy.flatMap(it -> CallerGuard.nothing(it, caller)));
  }

  /// Whether it is shown this tool.
  public boolean sees(Tool tool) {
    return refusal(tool).isEmpty()
        && switch (tool) {
          case ReadTool<?> _, PolicyTool<?> _ -> true;
          case WriteTool<?> _ -> terms().filter(it -> it.maxTier() != Tier.NEVER).isPresent();
        };
  }

  /// Why it may not look into this namespace; empty where it may.
  ///
  /// @param namespace `""` for what lies in none, and for all of them together
  public Optional<Denial> outOf(String namespace) {
    return refusal().or(() -> policy.flatMap(it -> CallerGuard.namespace(it, caller, namespace)));
  }

  /// Why it may not see this cluster; empty where it may.
  ///
  /// @param cluster as `tools.yaml` names it; `""` for the one without a name
  public Optional<Denial> outOfCluster(String cluster) {
    return refusal().or(() -> policy.flatMap(it -> CallerGuard.outOfCluster(it, caller, cluster)));
  }

  /// The view, as far as it may look.
  public ClusterView over(ClusterView whole) {
    if (refusal().isPresent()) {
      return new ScopedView(whole, _ -> false, _ -> refusal().orElseThrow());
    }
    return terms()
        .filter(it -> !it.allowsEveryNamespace())
        .<ClusterView>map(it ->
            new ScopedView(
                whole,
                it::allowsNamespace,
                namespace -> CallerGuard.outOfNamespaces(it, namespace)))
        .orElse(whole);
  }

  private Optional<CallerTerms> terms() {
    return policy.isEmpty()
        ? Optional.of(CallerTerms.EVERYTHING)
        : policy.flatMap(it -> it.callers().termsOf(caller));
  }

  private Optional<Denial> unknown() {
    return policy.isEmpty() && REMOTE.matcher(caller.name()).matches()
        ? Optional.of(
            Denial.of(
                Reason.POLICY_INVALID,
                "tools.yaml does not load, so it is not known what you may do.",
                "Ask an operator to mend the file; `kubewicket policy check` shows every problem"
                    + " in it."))
        : Optional.empty();
  }
}
