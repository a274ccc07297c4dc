package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where a person's yes, no and "not any more" enter the ledger. It runs in the person's own
/// process, with the person's own key.
public final class Decisions {
  private final Ledger ledger;
  private final Ids ids;

  /// Decides about the requests in this ledger.
  public Decisions(Ledger ledger, Ids ids) {
    this.ledger = ledger;
    this.ids = ids;
  }

  /// What came of it.
  public sealed interface Result {
    /// Recorded.
    ///
    /// @param token the approval token, after an approval
    record Recorded(Optional<String> token) implements Result {}

    /// Nothing was recorded; the sentence says why and what to do.
    record Refused(String message) implements Result {}
  }

  /// The request with this id, as it stands now.
  public Optional<ChangeRequest> find(String requestId) {
    return ledger.read(view -> find(requestId, view));
  }

  /// Says yes: signs the binding of the request that was shown.
  ///
  /// @param shown the request as the person saw it
  /// @param policy the policy whose approvers count
  /// @param via the channel, such as `terminal`
  public Result approve(ChangeRequest shown, Policy policy, ApproverKey key, String via) {
    Optional<Policy.Approver> approver = policy.approverWithKey(key.publicKey().keyId());
    if (approver.isEmpty()) {
      return new Result.Refused(
          "tools.yaml names no approver with this key ("
              + key.publicKey().text()
              + "); an operator can add it under approvers.");
    }
    if (ApprovalCheck.isRequester(approver.get(), shown.text("caller"))) {
      return new Result.Refused(
          "The requester cannot approve its own request; ask another person.");
    }
    if (!shown.showsWhatItBinds()) {
      return new Result.Refused(
          "The request in the ledger does not show what it binds, so it cannot be approved; run `kubewicket audit verify`.");
    }
    return ledger.write(tx -> approve(shown, policy, approver.get(), key, via, tx));
  }

  private Result approve(
      ChangeRequest shown,
      Policy policy,
      Policy.Approver approver,
      ApproverKey key,
      String via,
      LedgerTransaction tx) {
    Optional<String> refusal = notPending(shown.id(), tx);
    if (refusal.isPresent()) {
      return new Result.Refused(refusal.get());
    }
    boolean again =
        find(shown.id(), tx).stream()
            .flatMap(request -> request.approvals().stream())
            .anyMatch(signed -> signed.approver().equals(approver.name()));
    if (again) {
      return new Result.Refused(
          "You have approved "
              + shown.id()
              + " already; it needs "
              + shown.approvalsNeeded()
              + " different people.");
    }
    Instant now = tx.now();
    Instant expiresAt = earlier(now.plus(policy.approvalTtl()), shown.binding().notAfter());
    String token =
        ApprovalToken.sign(
            new ApprovalStatement(
                shown.id(),
                shown.binding().digest(),
                ApprovalStatement.Decision.APPROVE,
                approver.name(),
                now,
                expiresAt,
                ids.change(now)),
            key);
    tx.append(
        EntryType.APPROVED,
        body(shown.id())
            .put("approver", approver.name())
            .put("kid", key.publicKey().keyId())
            .put("statement", token)
            .put("expiresAt", expiresAt.toString())
            .put("via", via));
    return new Result.Recorded(Optional.of(token));
  }

  /// Says no, for good.
  ///
  /// @param by who, as the operating system knows the person
  /// @param reason why
  public Result reject(String requestId, String by, String reason) {
    return ledger.write(tx ->
        notPending(requestId, tx)
            .<Result>map(Result.Refused::new)
            .orElseGet(() -> {
              ObjectNode body = body(requestId).put("by", by).put("reason", reason);
              find(requestId, tx).ifPresent(it -> body.put("subject", it.text("wish")));
              tx.append(EntryType.REJECTED, body);
              return new Result.Recorded(Optional.empty());
            }));
  }

  /// Takes a request or its approval back, as long as nothing was done with it.
  ///
  /// @param by who, as the operating system knows the person
  /// @param reason why
  public Result revoke(String requestId, String by, String reason) {
    return ledger.write(tx -> {
      Optional<ChangeRequest> request = find(requestId, tx);
      if (request.isEmpty()) {
        return new Result.Refused(unknown(requestId));
      }
      return switch (request.get().state()) {
        case PENDING, APPROVED -> {
          tx.append(EntryType.REVOKED, body(requestId).put("by", by).put("reason", reason));
          yield new Result.Recorded(Optional.empty());
        }
        case CONSUMED ->
            new Result.Refused(
                "The approval of "
                    + requestId
                    + " was used already; look at the change with `kubewicket audit show`.");
        case REJECTED, REVOKED, EXPIRED ->
            new Result.Refused(
                "The request " + requestId + " is " + word(request.get()) + " already.");
      };
    });
  }

  private static Optional<String> notPending(String requestId, LedgerView view) {
    Optional<ChangeRequest> request = find(requestId, view);
    if (request.isEmpty()) {
      return Optional.of(unknown(requestId));
    }
    return request.get().state() == ChangeRequest.State.PENDING
        ? Optional.empty()
        : Optional.of("The request " + requestId + " is " + word(request.get()) + " already.");
  }

  private static Optional<ChangeRequest> find(String requestId, LedgerView view) {
    return ChangeRequest.of(view.ofRequest(requestId), view.now());
  }

  private static String unknown(String requestId) {
    return "There is no request " + requestId + "; `kubewicket pending` lists those that wait.";
  }

  private static String word(ChangeRequest request) {
    return request.state().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static ObjectNode body(String requestId) {
    return JsonNodeFactory.instance.objectNode().put("requestId", requestId);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
