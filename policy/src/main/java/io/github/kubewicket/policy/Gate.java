package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ApprovalCheck;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.limit.BudgetCheck;
import io.github.kubewicket.policy.rules.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Decides about changes. It is the only maker of [Permit]s, and a permit exists only after its
/// intent is durable.
///
/// The order of the checks, cheap and absolute first: policy loads -> tool enabled -> rule -> tier
/// -> budgets -> target lock -> (the server's dry run) -> all of it again -> approval -> intent.
/// Whatever goes wrong on the way is a no.
public final class Gate {
  private final Supplier<Loaded> policies;
  private final Ledger ledger;
  private final RequestBook requests;
  private final Intents intents;
  private final Denials denials;
  private final InstantSource clock;

  /// A gate over one policy file and one ledger.
  ///
  /// @param policies the policy as the file says it at the moment of asking
  /// @param instance this process's name in the ledger, under which its open intents are found
  ///   after a crash
  public Gate(
      Supplier<Loaded> policies, Ledger ledger, Ids ids, InstantSource clock, String instance) {
    this.policies = policies;
    this.ledger = ledger;
    this.requests = new RequestBook(ids);
    this.intents = new Intents(ids, instance);
    this.denials = new Denials(ledger, clock);
    this.clock = clock;
  }

  /// What came of a screening.
  public sealed interface Screening {
    /// Nothing speaks against it so far.
    ///
    /// @param plannedAt the moment that the plan's bytes carry where they carry one: that of the
    ///   waiting request, or now
    record Fit(Instant plannedAt) implements Screening {}

    /// Refused; no dry run is made.
    record Refused(Denial denial) implements Screening {}
  }

  /// Screens a call before the cluster is asked anything: is there a rule at all for this tool in
  /// this namespace?
  public Optional<Denial> screen(Caller caller, String tool, String namespace) {
    return switch (policies.get()) {
      case Loaded.Invalid invalid -> Optional.of(denials.record(caller, tool, invalid(invalid)));
      case Loaded.Valid valid when !valid.policy().enables(tool) ->
          Optional.of(
              denials.record(
                  caller,
                  tool,
                  Denial.of(
                      Reason.TOOL_NOT_ENABLED,
                      "No rule in tools.yaml enables " + tool + ".",
                      "Hand over to a person; an operator can add a rule for it to tools.yaml.")));
      case Loaded.Valid valid
          when valid.policy().rules().stream().noneMatch(r -> r.mayMatch(tool, namespace)) ->
          Optional.of(denials.record(caller, tool, noRule(tool, "namespace " + namespace)));
      case Loaded.Valid _ -> Optional.empty();
    };
  }

  /// Screens an attempt once its target is known, before the dry run.
  public Screening screen(Attempt attempt) {
    return deciding(
        attempt,
        Screening.Refused::new,
        policy -> {
          Optional<Denial> denial = ledger.read(view -> refusal(policy, attempt, view));
          if (denial.isPresent()) {
            return new Screening.Refused(denials.record(attempt, denial.get()));
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          return new Screening.Fit(
              ledger.read(view -> requests.plannedAt(attempt, policy, view)).orElse(now));
        });
  }

  /// Decides. Every check of the screening is made again, in the one transaction that also reserves
  /// the budgets, uses up the approval and writes the intent.
  public Verdict decide(Attempt attempt, Preview preview, Instant plannedAt) {
    return deciding(
        attempt,
        Verdict.Deny::new,
        policy -> {
          Verdict verdict = ledger.write(tx -> decide(policy, attempt, preview, plannedAt, tx));
          return verdict instanceof Verdict.Deny(Denial denial)
              ? new Verdict.Deny(denials.record(attempt, denial))
              : verdict;
        });
  }

  private Verdict decide(
      Policy policy, Attempt attempt, Preview preview, Instant plannedAt, LedgerTransaction tx) {
    Optional<Denial> refusal = refusal(policy, attempt, tx);
    if (refusal.isPresent()) {
      return new Verdict.Deny(refusal.get());
    }
    Rule rule = match(policy, attempt).orElseThrow();
    return switch (rule.tier()) {
      case NEVER, SUGGEST, VETO, NOTIFY -> new Verdict.Deny(never(rule));
      case AUTO -> allow(policy, attempt, preview, rule, Optional.empty(), tx);
      case APPROVE ->
          attempt.approval().isEmpty()
              ? requests.ask(attempt, preview, policy, rule, plannedAt, tx)
              : switch (ApprovalCheck.check(attempt, preview, policy, rule, tx)) {
                case ApprovalCheck.Result.Refused(Denial denial) -> new Verdict.Deny(denial);
                case ApprovalCheck.Result.Approved approved ->
                    allow(policy, attempt, preview, rule, Optional.of(approved), tx);
              };
    };
  }

  private Verdict allow(
      Policy policy,
      Attempt attempt,
      Preview preview,
      Rule rule,
      Optional<ApprovalCheck.Result.Approved> approved,
      LedgerTransaction tx) {
    Permit permit = intents.append(attempt, preview, policy, rule, approved, tx);
    return new Verdict.Allow(
        permit, rule.name(), approved.map(ApprovalCheck.Result.Approved::approver));
  }

  /// A permit to take back what the change with this id did, after its verification failed. Exempt
  /// from rules and budgets, made at most once per change, and recorded like any other act.
  ///
  /// @return empty when it was made before, or the ledger cannot be written
  public Optional<Permit> permitRevert(String changeId, Target target, Preview preview) {
    try {
      return ledger.write(tx -> intents.appendRevert(changeId, target, preview, tx));
    } catch (LedgerException e) {
      return Optional.empty();
    }
  }

  /// Records what came of a change. The intent stays open, and is settled at the next start, when
  /// this fails.
  ///
  /// @throws LedgerException when the ledger cannot be written
  public void settle(String changeId, Outcome outcome) {
    ledger.write(tx -> intents.settle(changeId, outcome, tx));
  }

  private Optional<Denial> refusal(Policy policy, Attempt attempt, LedgerView view) {
    Optional<Rule> rule = match(policy, attempt);
    if (rule.isEmpty()) {
      return Optional.of(noRule(attempt.tool(), attempt.target().describe()));
    }
    if (rule.get().tier() == Tier.NEVER) {
      return Optional.of(never(rule.get()));
    }
    return BudgetCheck.firstUsedUp(policy.budgets(), attempt, view)
        .or(() -> Intents.locked(attempt.target(), view));
  }

  private static Optional<Rule> match(Policy policy, Attempt attempt) {
    return policy.rules().stream()
        .filter(rule -> rule.matches(attempt.tool(), attempt.target()))
        .findFirst();
  }

  private <T> T deciding(Attempt attempt, Function<Denial, T> no, Function<Policy, T> decision) {
    try {
      return switch (policies.get()) {
        case Loaded.Invalid invalid -> no.apply(denials.record(attempt, invalid(invalid)));
        case Loaded.Valid valid -> decision.apply(valid.policy());
      };
    } catch (LedgerException e) {
      return no.apply(
          Denial.of(
              Reason.AUDIT_UNAVAILABLE,
              "The ledger cannot be used, so nothing is done: " + e.getMessage(),
              "Ask an operator to run `kubewicket doctor`."));
    }
  }

  private static Denial invalid(Loaded.Invalid invalid) {
    return Denial.of(
        Reason.POLICY_INVALID,
        "tools.yaml does not load, so nothing may be written: " + invalid.problems().getFirst(),
        "Ask an operator to mend the file; `kubewicket doctor` shows every problem in it.");
  }

  private static Denial noRule(String tool, String where) {
    return Denial.of(
        Reason.NO_RULE,
        "No rule in tools.yaml lets " + tool + " act on " + where + ".",
        "Hand over to a person; an operator can add a rule to tools.yaml.");
  }

  private static Denial never(Rule rule) {
    return Denial.of(
            Reason.TIER_NEVER,
            "The rule " + rule.name() + " says never.",
            "Hand over to a person; no approval lifts this.")
        .byRule(rule.name());
  }
}
