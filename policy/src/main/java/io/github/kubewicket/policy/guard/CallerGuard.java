package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.settings.CallerTerms;
import java.util.List;
import java.util.Optional;

/// A caller changes what its terms in `callers` leave it, at most at their tier, and only where its
/// credential is good for changes.
public final class CallerGuard implements Guard {
  private static final int MOST_NAMED = 10;

  @Override
  public String name() {
    return "caller-terms";
  }

  @Override
  public Finding look(Case it) {
    Caller caller = it.attempt().caller();
    Optional<Denial> refusal =
        refusal(it.policy(), caller, it.attempt().tool(), it.attempt().target().namespace())
            .or(() -> outOfCluster(it.policy(), caller, it.attempt().target().clusterName()));
    if (refusal.isPresent()) {
      return new Finding.Refused(refusal.get());
    }
    Tier most = it.policy().callers().termsOf(caller).map(CallerTerms::maxTier).orElse(Tier.NEVER);
    return most == Tier.AUTO
        ? new Finding.Passed(caller.name() + " may ask for it")
        : new Finding.Ceiling(
            most,
            Reason.CALLER_NOT_ALLOWED,
            "callers in tools.yaml leave " + caller.name() + " at most " + most.word());
  }

  /// Why this caller may not ask for this change at all; empty where it may. The cluster is not
  /// looked at.
  public static Optional<Denial> refusal(
      Policy policy, Caller caller, String tool, String namespace) {
    if (!caller.mayWrite()) {
      return Optional.of(noScope(caller, Caller.WRITE));
    }
    return tool(policy, caller, tool)
        .or(() -> namespace(policy, caller, namespace))
        .or(() ->
            terms(policy, caller).maxTier() == Tier.NEVER
                ? Optional.of(
                    no("callers in tools.yaml leave " + caller.name() + " no changes.", "maxTier"))
                : Optional.empty());
  }

  /// Why this caller may nothing at all; empty where `callers` speak of it.
  public static Optional<Denial> nothing(Policy policy, Caller caller) {
    return policy.callers().termsOf(caller).isPresent()
        ? Optional.empty()
        : Optional.of(
            no("No entry under callers in tools.yaml speaks of " + caller.name() + ".", "match"));
  }

  /// Why this caller may not use this tool; empty where it may.
  public static Optional<Denial> tool(Policy policy, Caller caller, String tool) {
    return nothing(policy, caller)
        .or(() ->
            terms(policy, caller).allowsTool(tool)
                ? Optional.empty()
                : Optional.of(
                    no(
                        "callers in tools.yaml leave " + caller.name() + " without " + tool + ".",
                        "tools")));
  }

  /// Why this caller may not look into this namespace, or ask for changes in it; empty where it
  /// may.
  ///
  /// @param namespace `""` for what lies in none, and for all of them together
  public static Optional<Denial> namespace(Policy policy, Caller caller, String namespace) {
    CallerTerms terms = terms(policy, caller);
    return terms.allowsNamespace(namespace)
        ? Optional.empty()
        : Optional.of(outOfNamespaces(terms, namespace));
  }

  /// Why this caller may not see this cluster; empty where it may.
  public static Optional<Denial> outOfCluster(Policy policy, Caller caller, String cluster) {
    return terms(policy, caller).allowsCluster(cluster)
        ? Optional.empty()
        : Optional.of(
            no(
                "callers in tools.yaml leave "
                    + caller.name()
                    + " only the clusters "
                    + some(terms(policy, caller).clusters())
                    + ".",
                "clusters"));
  }

  /// Says which namespaces there are instead of this one.
  ///
  /// @param namespace `""` for what lies in none, and for all of them together
  public static Denial outOfNamespaces(CallerTerms terms, String namespace) {
    String what =
        namespace.isEmpty()
            ? "What is not in one namespace is out of reach for this caller"
            : "The namespace " + namespace + " is out of reach for this caller";
    return no(what + "; it has the namespaces " + some(terms.namespaces()) + ".", "namespaces");
  }

  /// Says that a credential lacks a scope.
  public static Denial noScope(Caller caller, String scope) {
    return Denial.of(
        Reason.SCOPE_MISSING,
        "The credential of " + caller.name() + " lacks the scope " + scope + ".",
        "Call with a credential that has it; an operator gives one out.");
  }

  private static CallerTerms terms(Policy policy, Caller caller) {
    return policy
        .callers()
        .termsOf(caller)
        .orElseGet(() ->
            new CallerTerms(
                List.of(), List.of(), List.of(), List.of(), Tier.NEVER, Optional.empty()));
  }

  private static String some(List<String> names) {
    return names.isEmpty()
        ? "(none)"
        : String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
            + (names.size() > MOST_NAMED ? " and more" : "");
  }

  private static Denial no(String message, String key) {
    return Denial.of(
            Reason.CALLER_NOT_ALLOWED,
            message,
            "Use what tools/list shows and the namespaces that are named, or ask an operator.")
        .byRule("callers." + key);
  }
}
