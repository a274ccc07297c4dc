package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A change that a person was asked about, as the ledger tells it.
///
/// @param id `ar_…`; a name, not a secret
/// @param state where it stands now
/// @param createdAt when it was asked for
/// @param expiresAt until when a person may say yes
/// @param body the `requested` entry's body: caller, tool, arguments, target, diff, blastRadius,
///   reason, binding …
/// @param approvals the statements that people signed, oldest first
public record ChangeRequest(
    String id,
    State state,
    Instant createdAt,
    Instant expiresAt,
    ObjectNode body,
    List<Signed> approvals) {
  /// Copies the list.
  public ChangeRequest {
    approvals = List.copyOf(approvals);
  }

  /// Where a request stands. All but the first two are final.
  public enum State {
    /// A person has not decided.
    PENDING,
    /// A person said yes; not used yet.
    APPROVED,
    /// A person said no.
    REJECTED,
    /// It, or its approval, was taken back.
    REVOKED,
    /// Nobody decided, or nobody used the approval, in time.
    EXPIRED,
    /// The approval was used.
    CONSUMED
  }

  /// A recorded statement.
  ///
  /// @param approver who signed, as recorded; believed only once the token is verified
  /// @param token the compact JWS
  public record Signed(String approver, String token) {}

  /// Tells the story of one request from its entries, oldest first.
  ///
  /// @param entries all entries of one request; the first must be the `requested` one
  /// @param now ledger time
  /// @return empty where there is no such request
  public static Optional<ChangeRequest> of(List<Entry> entries, Instant now) {
    if (entries.isEmpty() || entries.getFirst().type() != EntryType.REQUESTED) {
      return Optional.empty();
    }
    Entry asked = entries.getFirst();
    Instant expiresAt = Instant.parse(asked.text("expiresAt"));
    List<Signed> approvals = new ArrayList<>();
    int needed = asked.body().path("approvalsNeeded").asInt(1);
    State state = State.PENDING;
    for (Entry entry : entries) {
      switch (entry.type()) {
        case APPROVED -> {
          approvals.add(new Signed(entry.text("approver"), entry.text("statement")));
          long people = approvals.stream().map(Signed::approver).distinct().count();
          state = state == State.PENDING && people >= needed ? State.APPROVED : state;
        }
        case REJECTED -> state = state == State.PENDING ? State.REJECTED : state;
        case REVOKED -> state = state == State.CONSUMED ? state : State.REVOKED;
        case INTENT -> state = State.CONSUMED;
        case REQUESTED,
            STARTUP,
            DENIED,
            OUTCOME,
            SUGGESTED,
            SHADOWED,
            RULE,
            FROZEN,
            RELEASED,
            PAUSED,
            RESUMED,
            TOKEN_ISSUED,
            TOKEN_REVOKED -> {}
      }
    }
    Instant voidAt = state == State.APPROVED ? new Binding(binding(asked)).notAfter() : expiresAt;
    if ((state == State.PENDING || state == State.APPROVED) && !now.isBefore(voidAt)) {
      state = State.EXPIRED;
    }
    return Optional.of(
        new ChangeRequest(
            asked.text("requestId"), state, asked.at(), expiresAt, asked.body(), approvals));
  }

  /// How many different people have to approve it, as it was asked for.
  public int approvalsNeeded() {
    return body.path("approvalsNeeded").asInt(1);
  }

  /// What an approval of it is bound to.
  public Binding binding() {
    return new Binding((ObjectNode) body.path("binding"));
  }

  /// A text field of the body.
  public String text(String field) {
    return body.path(field).asString("");
  }

  /// Whether diff, blast radius and reason, as recorded for display, are the ones that the binding
  /// covers. A person must not be shown anything else.
  public boolean showsWhatItBinds() {
    return body.path("binding").isObject()
        && binding().digest().equals(text("bindingDigest"))
        && Binding.shown(text("diff"), body.path("blastRadius"), text("reason"))
            .equals(body.path("binding").path("shown"));
  }

  private static ObjectNode binding(Entry asked) {
    return (ObjectNode) asked.body().path("binding");
  }

  /// A short name for the change, for lists: the first 12 hex digits of the binding's digest.
  public String shortDigest() {
    String hex = text("bindingDigest").replaceFirst("^sha256:", "");
    return hex.substring(0, Math.min(12, hex.length()));
  }
}
