package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.policy.canonical.CanonicalJson;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.NeverGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The requests that wait for a person. The same wish, repeated, stays one request.
public final class RequestBook {
  private static final String WISH_DOMAIN = "kubewicket/wish/v1";
  private static final int MAX_OPEN = 1_000;

  /// No request or approval lives longer: a time to live of at most 4 hours each.
  private static final Duration LONGEST_LIFE = Duration.ofHours(8);

  /// How long a rejection speaks for the same wish.
  private static final Duration REJECTION_HOLDS = Duration.ofHours(1);

  private final Ids ids;

  /// Names new requests with these ids.
  public RequestBook(Ids ids) {
    this.ids = ids;
  }

  /// The moment that was planned for this wish when it was asked for first, so that the same bytes
  /// come out again.
  public Optional<Instant> plannedAt(Attempt attempt, Policy policy, LedgerView ledger) {
    Optional<ChangeRequest> asked =
        attempt
            .approval()
            .flatMap(ApprovalCheck::requestId)
            .flatMap(id -> ChangeRequest.of(ledger.ofRequest(id), ledger.now()))
            .or(() -> waiting(attempt, policy, open(ledger)));
    return asked.map(request -> Instant.parse(request.text("plannedAt")));
  }

  /// Asks a person: a new request, or the one that waits already. What a person rejected within the
  /// hour is not asked again.
  public Verdict ask(Assessment found, Preview preview, Instant plannedAt, LedgerTransaction tx) {
    Attempt attempt = found.it().attempt();
    Policy policy = found.it().policy();
    Rule rule = found.it().rule();
    List<ChangeRequest> open = open(tx);
    Optional<ChangeRequest> waiting = waiting(attempt, policy, open);
    if (waiting.isPresent()) {
      return new Verdict.Wait(waiting.get(), found.lowered());
    }
    Optional<Entry> rejected =
        tx
            .about(EntryType.REJECTED, wish(attempt, policy), tx.now().minus(REJECTION_HOLDS), 1)
            .stream()
            .findFirst();
    if (rejected.isPresent()) {
      return new Verdict.Deny(rejectedLately(rejected.get()));
    }
    long pending =
        open.stream()
            .filter(request -> request.text("caller").equals(attempt.caller().name()))
            .filter(request -> request.state() == ChangeRequest.State.PENDING)
            .count();
    if (pending >= policy.maxPending()) {
      return new Verdict.Deny(tooMany(policy, pending));
    }
    Instant now = tx.now();
    Instant expiresAt = now.plus(policy.approvalTtl());
    String id = ids.request(now);
    Binding binding =
        Binding.of(
            id,
            attempt,
            preview,
            policy.digest(),
            rule.name(),
            Binding.shown(preview.diff(), preview.blastRadius(), attempt.reason()),
            now,
            expiresAt.plus(policy.approvalTtl()));
    ObjectNode body = body(id, attempt, preview, policy, rule, plannedAt, expiresAt, binding);
    body.put("approvalsNeeded", NeverGuard.approvals(found.it()));
    found
        .lowered()
        .forEach(ceiling ->
            body.withArray("because").add(ceiling.reason().name() + ": " + ceiling.message()));
    ChangeRequest request =
        ChangeRequest.of(List.of(tx.append(EntryType.REQUESTED, body)), now).orElseThrow();
    return new Verdict.Wait(request, found.lowered());
  }

  /// Requests that a person may decide about, and approvals that nobody used yet, oldest first.
  public static List<ChangeRequest> open(LedgerView ledger) {
    Instant now = ledger.now();
    return ledger.openRequests(now.minus(LONGEST_LIFE), MAX_OPEN).stream()
        .flatMap(asked -> ChangeRequest.of(ledger.ofRequest(asked.text("requestId")), now).stream())
        .filter(request ->
            request.state() == ChangeRequest.State.PENDING
                || request.state() == ChangeRequest.State.APPROVED)
        .toList();
  }

  /// Records a statement that came with the call and that the ledger does not have yet.
  public static void recordApproval(ApprovalCheck.Result.Approved approved, LedgerTransaction tx) {
    tx.append(
        EntryType.APPROVED,
        JsonNodeFactory.instance
            .objectNode()
            .put("requestId", approved.requestId())
            .put("approver", signer(approved.token()))
            .put("statement", approved.token())
            .put("via", "token"));
  }

  private static String signer(String token) {
    return ApprovalToken.parse(token) instanceof ApprovalToken.Read.Parsed parsed
        ? parsed.statement().approver()
        : "";
  }

  private static Optional<ChangeRequest> waiting(
      Attempt attempt, Policy policy, List<ChangeRequest> open) {
    String wish = wish(attempt, policy);
    return open.stream().filter(request -> request.text("wish").equals(wish)).findFirst();
  }

  /// The wish without what the dry run says: the same wish gets the same request.
  private static String wish(Attempt attempt, Policy policy) {
    Target target = attempt.target();
    ObjectNode wish =
        JsonNodeFactory.instance
            .objectNode()
            .put("caller", attempt.caller().name())
            .put("tool", attempt.tool())
            .put("uid", target.uid())
            .put("generation", target.generation())
            .put("specHash", target.specHash())
            .put("policy", policy.digest());
    wish.set("arguments", attempt.arguments());
    return CanonicalJson.digest(WISH_DOMAIN, wish);
  }

  private static Denial rejectedLately(Entry rejected) {
    return Denial.of(
            Reason.RECENTLY_REJECTED,
            "A person rejected the same at " + rejected.at() + ".",
            "Do not ask again for the same; hand over to a person.")
        .until(rejected.at().plus(REJECTION_HOLDS));
  }

  private static Denial tooMany(Policy policy, long pending) {
    return new Denial(
        Reason.TOO_MANY_PENDING,
        pending + " requests of yours wait for a person already.",
        "Wait until they are decided or expire, or hand over to the person on call.",
        Optional.of("approvals.maxPending"),
        Optional.of(Integer.toString(policy.maxPending())),
        OptionalLong.of(pending),
        Optional.empty(),
        OptionalLong.empty());
  }

  private static ObjectNode body(
      String id,
      Attempt attempt,
      Preview preview,
      Policy policy,
      Rule rule,
      Instant plannedAt,
      Instant expiresAt,
      Binding binding) {
    Target target = attempt.target();
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("requestId", id)
            .put("wish", wish(attempt, policy))
            .put("caller", attempt.caller().name())
            .put("tool", attempt.tool())
            .put("target", target.describe())
            .put("targetUid", target.uid())
            .put("workload", target.workload())
            .put("reason", attempt.reason())
            .put("rule", rule.name())
            .put("diff", preview.diff())
            .put("wayBack", preview.wayBack().word())
            .put("plannedAt", plannedAt.toString())
            .put("expiresAt", expiresAt.toString())
            .put("bindingDigest", binding.digest());
    if (!target.clusterName().isEmpty()) {
      body.put("clusterName", target.clusterName());
    }
    attempt
        .askedAs()
        .ifPresent(it ->
            body.putObject("askedAs").put("user", it.user()).put("requestId", it.requestId()));
    attempt.trigger().ifPresent(trigger -> body.put("trigger", trigger));
    attempt
        .confidence()
        .ifPresent(confidence -> body.put("confidence", Double.toString(confidence)));
    body.set("arguments", attempt.arguments());
    body.set("blastRadius", preview.blastRadius());
    body.set("binding", binding.json());
    if (!preview.warnings().isEmpty()) {
      preview.warnings().forEach(body.putArray("warnings")::add);
    }
    return body;
  }
}
