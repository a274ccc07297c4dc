package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ApprovalCheck;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.NoveltyGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.limit.BudgetCheck;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes what is about to be done, and makes the permit for it.
final class Intents {
  private final Ids ids;
  private final String instance;

  Intents(Ids ids, String instance) {
    this.ids = ids;
    this.instance = instance;
  }

  Permit append(
      Assessment found,
      Preview preview,
      Optional<ApprovalCheck.Result.Approved> approved,
      LedgerTransaction tx) {
    Attempt attempt = found.it().attempt();
    String changeId = ids.change(tx.now());
    ObjectNode body =
        base(changeId, attempt.target(), preview)
            .put("caller", attempt.caller().name())
            .put("tool", attempt.tool())
            .put("class", attempt.changeClass().word())
            .put("reason", attempt.reason())
            .put("rule", found.it().rule().name())
            .put("tier", found.tier().word())
            .put("environment", found.it().environment().word())
            .put("signature", NoveltyGuard.signature(attempt, found.it().environment()))
            .put("policy", found.it().policy().digest());
    body.set("scopes", BudgetCheck.scopes(attempt));
    body.set("arguments", attempt.arguments());
    attempt
        .askedAs()
        .ifPresent(it ->
            body.putObject("askedAs").put("user", it.user()).put("requestId", it.requestId()));
    attempt.trigger().ifPresent(trigger -> body.put("trigger", trigger));
    attempt
        .confidence()
        .ifPresent(confidence -> body.put("confidence", Double.toString(confidence)));
    approved.ifPresent(by -> body.put("requestId", by.requestId()).put("approver", by.approver()));
    approved.filter(by -> !by.recorded()).ifPresent(by -> RequestBook.recordApproval(by, tx));
    tx.append(EntryType.INTENT, body);
    return new Permit(changeId, Operations.digest(preview, attempt.target()));
  }

  Optional<Permit> appendRevert(
      String changeId, Target target, Preview preview, LedgerTransaction tx) {
    String revertId = changeId + "-revert";
    Optional<Entry> done = intent(changeId, tx);
    if (done.filter(entry -> entry.text("targetUid").equals(target.uid())).isEmpty()
        || intent(revertId, tx).isPresent()) {
      return Optional.empty();
    }
    ObjectNode body = base(revertId, target, preview).put("revertOf", changeId);
    for (String inherited : List.of("class", "scopes", "caller", "tool")) {
      body.set(inherited, done.get().body().path(inherited));
    }
    tx.append(EntryType.INTENT, body);
    return Optional.of(new Permit(revertId, Operations.digest(preview, target)));
  }

  private static Optional<Entry> intent(String changeId, LedgerView view) {
    return view.ofChange(changeId).stream()
        .filter(entry -> entry.type() == EntryType.INTENT)
        .findFirst();
  }

  Entry settle(String changeId, Outcome outcome, LedgerTransaction tx) {
    // Taking something back must never be held against those who may need to act next.
    Optional<Entry> intent = intent(changeId, tx);
    boolean revert = intent.filter(it -> it.body().has("revertOf")).isPresent();
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("changeId", changeId)
            .put("result", outcome.result().word())
            .put("message", outcome.message())
            .put("charged", outcome.charged() && !revert)
            .put("settledBy", instance);
    body.set("details", outcome.details());
    intent.flatMap(it -> proven(it, outcome)).ifPresent(it -> body.put("subject", it));
    return tx.append(EntryType.OUTCOME, body);
  }

  /// What kind of act has been shown to work, after a person had approved it.
  private static Optional<String> proven(Entry intent, Outcome outcome) {
    return outcome.result() == Outcome.Result.VERIFIED
            && intent.text("tier").equals(Tier.APPROVE.word())
        ? Optional.of(intent.text("signature")).filter(it -> !it.isEmpty())
        : Optional.empty();
  }

  private ObjectNode base(String changeId, Target target, Preview preview) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("changeId", changeId)
            .put("instance", instance)
            .put("targetUid", target.uid())
            .put("verb", preview.verb())
            .put("path", preview.path())
            .put("bodyHash", preview.bodyHash())
            .put("postSpecHash", preview.postSpecHash())
            .put("wayBack", preview.wayBack().word())
            .put("diff", preview.diff());
    body.putObject("target")
        .put("cluster", target.cluster())
        .put("apiVersion", target.apiVersion())
        .put("kind", target.kind())
        .put("namespace", target.namespace())
        .put("name", target.name())
        .put("uid", target.uid())
        .put("generation", target.generation())
        .put("specHash", target.specHash());
    if (!target.clusterName().isEmpty()) {
      body.put("clusterName", target.clusterName());
    }
    body.set("blastRadius", preview.blastRadius());
    return body;
  }
}
