package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ApprovalCheck;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.rules.Requirement;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.FreezeSettings;
import io.github.kubewicket.policy.settings.Guardrails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Decides about changes. It is the only maker of [Permit]s, and a permit exists only after its
/// intent is durable.
///
/// The guardrails and their order stand in [io.github.kubewicket.policy.guard.Order]. They are
/// asked before the dry run and again after it, in the transaction that writes the intent; whatever
/// goes wrong on the way is a no. What they leave is a tier, and this class does what it says.
public final class Gate {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final Supplier<Loaded> policies;
  private final Ledger ledger;
  private final Checks checks;
  private final RequestBook requests;
  private final Intents intents;
  private final Denials denials;
  private final Vetoes vetoes;
  private final Shadows shadows = new Shadows();
  private final InstantSource clock;

  /// A gate over one policy file and one ledger.
  ///
  /// @param policies the policy as the file says it at the moment of asking
  /// @param checks the guardrails
  /// @param instance this process's name in the ledger, under which its open intents are found
  ///   after a crash
  public Gate(
      Supplier<Loaded> policies,
      Ledger ledger,
      Checks checks,
      Ids ids,
      InstantSource clock,
      String instance) {
    this.policies = policies;
    this.ledger = ledger;
    this.checks = checks;
    this.requests = new RequestBook(ids);
    this.intents = new Intents(ids, instance);
    this.denials = new Denials(ledger, clock);
    this.vetoes = new Vetoes(requests);
    this.clock = clock;
  }

  /// What came of a screening.
  public sealed interface Screening {
    /// Nothing speaks against it so far.
    ///
    /// @param plannedAt the moment that the plan's bytes carry where they carry one: that of the
    ///   waiting request, or now
    /// @param tellFirst whether people are to be told before it is decided: the tier that is left
    ///   is `notify`, and the rule is not in shadow
    /// @param watch how long the server has to see the rule's requirements hold before it decides
    record Fit(Instant plannedAt, boolean tellFirst, Duration watch) implements Screening {}

    /// Refused; no dry run is made.
    record Refused(Denial denial) implements Screening {}
  }

  /// Screens a call before the cluster is asked anything: is there a rule at all for this tool in
  /// this namespace, and may the caller ask for it?
  public Optional<Denial> screen(Caller caller, String tool, String namespace) {
    return switch (policies.get()) {
      case Loaded.Invalid invalid ->
          Optional.of(denials.record(caller, tool, Refusals.invalid(invalid), Optional.empty()));
      case Loaded.Valid(Policy policy) ->
          Refusals.early(policy, caller, tool, namespace)
              .map(denial -> denials.record(caller, tool, denial, freeze(policy)));
    };
  }

  /// Screens an attempt once its target and its surroundings are known, before the dry run.
  public Screening screen(Attempt attempt) {
    return deciding(
        attempt,
        Screening.Refused::new,
        policy -> {
          Assessment found =
              ledger.read(view -> checks.assess(policy, attempt.observedFor(FOREVER), view));
          Optional<Denial> refusal = found.refusal();
          if (refusal.isPresent()) {
            return new Screening.Refused(denials.record(attempt, refusal.get(), freeze(policy)));
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          // Only what may wait for a person has to come out the same the next time.
          Optional<Instant> planned =
              found.tier() == Tier.AUTO
                  ? Optional.empty()
                  : ledger.read(view -> requests.plannedAt(attempt, policy, view));
          Rule rule = found.it().rule();
          boolean tellFirst =
              found.tier() == Tier.NOTIFY
                  && ledger.read(view -> Shadows.left(rule, view)).isEmpty();
          return new Screening.Fit(planned.orElse(now), tellFirst, watch(rule));
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
          return switch (verdict) {
            case Verdict.Deny(Denial denial) ->
                new Verdict.Deny(denials.record(attempt, denial, freeze(policy)));
            case Verdict.Suggest suggest -> {
              denials.note(EntryType.SUGGESTED, suggest.rule(), attempt);
              yield suggest;
            }
            case Verdict.Shadow shadow -> {
              denials.note(EntryType.SHADOWED, shadow.rule(), attempt);
              yield shadow;
            }
            case Verdict.Allow _, Verdict.Wait _, Verdict.Hold _ -> verdict;
          };
        });
  }

  private Verdict decide(
      Policy policy, Attempt attempt, Preview preview, Instant plannedAt, LedgerTransaction tx) {
    shadows.note(policy, tx);
    Assessment found = checks.assess(policy, attempt, tx);
    Optional<Denial> refusal = found.refusal();
    if (refusal.isPresent()) {
      return new Verdict.Deny(refusal.get());
    }
    Rule rule = found.it().rule();
    Optional<String> shadow =
        found.tier().isAutonomous() ? Shadows.left(policy, rule, tx) : Optional.empty();
    if (shadow.isPresent()) {
      return new Verdict.Shadow(rule.name(), found.tier(), shadow.get());
    }
    return switch (found.tier()) {
      case NEVER -> new Verdict.Deny(Refusals.never(rule));
      case SUGGEST -> new Verdict.Suggest(rule.name(), found.lowered());
      case APPROVE -> approved(found, preview, plannedAt, tx);
      case VETO ->
          switch (vetoes.ask(found, preview, plannedAt, tx)) {
            case Vetoes.Result.Answer(Verdict verdict) -> verdict;
            case Vetoes.Result.GoesOn(var approval) -> allow(found, preview, approval, tx);
          };
      case NOTIFY ->
          attempt.announced()
              ? allow(found, preview, Optional.empty(), tx)
              : approved(Refusals.notTold(found), preview, plannedAt, tx);
      case AUTO -> allow(found, preview, Optional.empty(), tx);
    };
  }

  /// Looks for a person's yes, or asks for one.
  private Verdict approved(
      Assessment found, Preview preview, Instant plannedAt, LedgerTransaction tx) {
    if (found.it().attempt().approval().isEmpty()) {
      return requests.ask(found, preview, plannedAt, tx);
    }
    return switch (ApprovalCheck.check(found, preview, tx)) {
      case ApprovalCheck.Result.Refused(Denial denial) -> new Verdict.Deny(denial);
      case ApprovalCheck.Result.Approved approved ->
          allow(found, preview, Optional.of(approved), tx);
    };
  }

  private Verdict allow(
      Assessment found,
      Preview preview,
      Optional<ApprovalCheck.Result.Approved> approved,
      LedgerTransaction tx) {
    Permit permit = intents.append(found, preview, approved, tx);
    return new Verdict.Allow(
        permit,
        found.it().rule().name(),
        found.tier(),
        approved.map(ApprovalCheck.Result.Approved::approver));
  }

  /// What would happen to a call, guardrail by guardrail, without making it: the gate's own list,
  /// heard to the end.
  ///
  /// @throws LedgerException when the ledger cannot be read
  public Explanation explain(Attempt attempt) {
    return switch (policies.get()) {
      case Loaded.Invalid invalid -> Explanation.refused(Refusals.invalid(invalid));
      case Loaded.Valid(Policy policy) ->
          ledger.read(view -> {
            Assessment found = checks.explain(policy, attempt.observedFor(FOREVER), view);
            return Explanation.of(
                found,
                found.tier().isAutonomous()
                    ? Shadows.left(found.it().rule(), view)
                    : Optional.empty());
          });
    };
  }

  /// Where the caller stands with a target.
  ///
  /// @throws LedgerException when the ledger cannot be read
  public Standing standing(Attempt attempt) {
    return switch (policies.get()) {
      case Loaded.Invalid invalid ->
          new Standing(
              Environment.PRODUCTION,
              Optional.of(Refusals.invalid(invalid).message()),
              List.of(),
              List.of(),
              List.of());
      case Loaded.Valid(Policy policy) ->
          ledger.read(view -> Standings.of(policy, attempt, checks, view));
    };
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

  /// The guardrails' settings in force; the usual ones while `tools.yaml` does not load, since what
  /// has begun is verified all the same.
  public Guardrails guardrails() {
    return switch (policies.get()) {
      case Loaded.Valid(Policy policy) -> policy.guardrails();
      case Loaded.Invalid _ -> Guardrails.usual();
    };
  }

  /// Begins the clock of rules that are new, where the policy loads and the ledger can be written.
  public void noteRules() {
    if (policies.get() instanceof Loaded.Valid(Policy policy) && !policy.rules().isEmpty()) {
      ledger.write(tx -> {
        shadows.note(policy, tx);
        return policy.digest();
      });
    }
  }

  private <T> T deciding(Attempt attempt, Function<Denial, T> no, Function<Policy, T> decision) {
    try {
      return switch (policies.get()) {
        case Loaded.Invalid invalid ->
            no.apply(denials.record(attempt, Refusals.invalid(invalid), Optional.empty()));
        case Loaded.Valid valid -> decision.apply(valid.policy());
      };
    } catch (LedgerException e) {
      return no.apply(Refusals.noLedger(e));
    }
  }

  private static Duration watch(Rule rule) {
    return rule.terms().require().stream()
        .map(Requirement::sustainedFor)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Optional<FreezeSettings> freeze(Policy policy) {
    return Optional.of(policy.guardrails().freeze());
  }
}
