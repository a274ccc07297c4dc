package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.Case;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.guard.NoveltyGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.limit.BudgetCheck;
import io.github.kubewicket.policy.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes into the ledger what a case says has happened before, whatever the gate would have said.
final class Past {
  /// No rule's shadow lasts longer than a year.
  private static final Duration LONG_AGO = Duration.ofDays(400);

  private final Stage stage;

  Past(Stage stage) {
    this.stage = stage;
  }

  /// Rules that have stood, and spoken, for long enough before this moment.
  void shadowOver(Instant before) {
    stage.clock().put(before.minus(LONG_AGO));
    stage.gate().noteRules();
    for (Rule rule : stage.policy().rules()) {
      int samples = rule.terms().shadow().minSamples();
      ObjectNode spoke =
          JsonNodeFactory.instance.objectNode().put("subject", "rule:" + rule.name());
      int unused =
          stage
              .ledger()
              .write(tx -> {
                for (int i = 0; i < samples; i++) {
                  tx.append(EntryType.SHADOWED, spoke.deepCopy());
                }
                return samples;
              });
    }
  }

  /// An act and its outcome.
  void act(Scenario.Act act) throws UnplayableException {
    stage.clock().put(act.at());
    Attempt attempt = stage.take(act.call()).attempt();
    Environment environment = Checks.environment(stage.policy(), attempt);
    String changeId = stage.ids().change(act.at());
    ObjectNode body = body(attempt, environment, act.tier()).put("changeId", changeId);
    Entry unused = stage.ledger().write(tx -> tx.append(EntryType.INTENT, body));
    stage
        .gate()
        .settle(
            changeId,
            new Outcome(act.result(), "It was so.", JsonNodeFactory.instance.objectNode()));
  }

  private ObjectNode body(Attempt attempt, Environment environment, Tier tier) {
    Target target = attempt.target();
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("instance", "rehearsal")
            .put("targetUid", target.uid())
            .put("caller", attempt.caller().name())
            .put("tool", attempt.tool())
            .put("class", attempt.changeClass().word())
            .put("reason", attempt.reason())
            .put("rule", "history")
            .put("tier", tier.word())
            .put("environment", environment.word())
            .put("signature", NoveltyGuard.signature(attempt, environment))
            .put("policy", stage.policy().digest());
    body.putObject("target")
        .put("cluster", target.cluster())
        .put("apiVersion", target.apiVersion())
        .put("kind", target.kind())
        .put("namespace", target.namespace())
        .put("name", target.name())
        .put("uid", target.uid())
        .put("generation", target.generation())
        .put("specHash", target.specHash());
    body.set("scopes", BudgetCheck.scopes(attempt));
    body.set("arguments", attempt.arguments());
    return body;
  }

  /// A request for this call, made and approved at this moment by as many people as its rule asks
  /// for.
  ///
  /// @param people the keys of those who may approve it
  /// @return the request's id; empty where no rule speaks about the call, so that nobody could have
  ///   been asked
  Optional<String> approval(Scenario.Call call, Instant at, List<ApproverKey> people)
      throws UnplayableException {
    stage.clock().put(at);
    Stage.Taken taken = stage.take(call);
    Attempt attempt = taken.attempt();
    Optional<Rule> rule =
        stage
            .gate()
            .explain(attempt)
            .rule()
            .flatMap(name ->
                stage.policy().rules().stream().filter(one -> one.name().equals(name)).findFirst());
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    Instant plannedAt = at.truncatedTo(ChronoUnit.SECONDS);
    Preview preview = taken.change().preview(plannedAt);
    Verdict asked = ask(attempt, rule.get(), preview, plannedAt);
    if (!(asked instanceof Verdict.Wait wait)) {
      throw new UnplayableException("Nobody could be asked at " + at + ".");
    }
    int needed = wait.request().approvalsNeeded();
    if (people.size() < needed) {
      throw new UnplayableException(
          "approvedAt needs "
              + needed
              + " approvers in the policy who are not the caller; there are "
              + people.size()
              + ".");
    }
    Decisions decisions = new Decisions(stage.ledger(), stage.ids());
    for (ApproverKey key : people.subList(0, needed)) {
      if (decisions.approve(wait.request(), stage.policy(), key, "rehearsal")
          instanceof Decisions.Result.Refused(String message)) {
        throw new UnplayableException(message);
      }
    }
    return Optional.of(wait.request().id());
  }

  private Verdict ask(Attempt attempt, Rule rule, Preview preview, Instant plannedAt) {
    return stage
        .ledger()
        .write(tx ->
            new RequestBook(stage.ids())
                .ask(
                    new Assessment(
                        new Case(
                            stage.policy(),
                            Optional.of(rule),
                            attempt,
                            Checks.environment(stage.policy(), attempt),
                            tx,
                            tx.now(),
                            stage.conditions()),
                        Tier.APPROVE,
                        List.of()),
                    preview,
                    plannedAt,
                    tx));
  }
}
