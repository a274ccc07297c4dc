package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `tools.yaml` says about the guardrails that hold for every rule.
///
/// @param paused why nothing may be written at the moment; empty where it may
/// @param scope namespaces in which anything may be changed at all
/// @param nonProduction a selector over a namespace's labels; a namespace that it does not match is
///   production
/// @param never what nobody may change, besides what is compiled in
/// @param unsafeAllow what is taken out of the compiled-in list, for two people to approve
/// @param context what is looked for around a target
/// @param windows when acts are allowed and when not
/// @param blast how far an act may reach
/// @param attempts how often an agent may try
/// @param novelty whether what was never approved and verified before needs approval
/// @param nativeHealing whether a workload needs probes, a disruption budget and replicas before
///   agents act on it alone
/// @param freeze when a caller that is refused too often is frozen
/// @param podMinAge how old a pod has to be before it is restarted
/// @param countExternal whether restarts that others made count for a workload's budget
/// @param notifier where people are told
/// @param verify how an act is verified
public record Guardrails(
    Optional<String> paused,
    ScopeSettings scope,
    LabelSelector nonProduction,
    List<NeverItem> never,
    List<NeverItem> unsafeAllow,
    ContextSettings context,
    List<Window> windows,
    BlastSettings blast,
    AttemptSettings attempts,
    boolean novelty,
    boolean nativeHealing,
    FreezeSettings freeze,
    Duration podMinAge,
    boolean countExternal,
    NotifierSettings notifier,
    VerifySettings verify) {
  /// Copies the lists.
  public Guardrails {
    never = List.copyOf(never);
    unsafeAllow = List.copyOf(unsafeAllow);
    windows = List.copyOf(windows);
  }

  /// What holds for a file that says nothing about them.
  public static Guardrails usual() {
    return new Guardrails(
        Optional.empty(),
        ScopeSettings.USUAL,
        ScopeSettings.NON_PRODUCTION,
        List.of(),
        List.of(),
        ContextSettings.USUAL,
        List.of(),
        BlastSettings.USUAL,
        AttemptSettings.USUAL,
        true,
        true,
        FreezeSettings.USUAL,
        Duration.ofHours(1),
        false,
        NotifierSettings.NONE,
        VerifySettings.USUAL);
  }
}
