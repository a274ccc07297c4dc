package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.NeverGuard;
import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.rules.Rule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Finds out whether a person said yes to exactly what is about to be done. It believes a signature
/// and nothing else: not the agent, and not the ledger's word that somebody approved.
public final class ApprovalCheck {
  private static final Pattern REQUEST_ID = Pattern.compile("ar_[0-9A-HJKMNP-TV-Z]{26}");
  private static final String ASK_AGAIN =
      "Call again without approval to make a new request, and hand it to a person.";

  private ApprovalCheck() {}

  /// What came of it.
  public sealed interface Result {
    /// A registered approver, who is not the requester, signed this very binding in time.
    ///
    /// @param approver who approved; several people with commas between them
    /// @param token the statement that came with the call
    /// @param recorded whether the ledger has everything already
    record Approved(String requestId, String approver, String token, boolean recorded)
        implements Result {}

    /// No.
    record Refused(Denial denial) implements Result {}
  }

  /// The request that an `approval` argument speaks of: the id itself, or the one inside a token.
  /// Not yet believed.
  public static Optional<String> requestId(String approval) {
    if (REQUEST_ID.matcher(approval).matches()) {
      return Optional.of(approval);
    }
    return switch (ApprovalToken.parse(approval)) {
      case ApprovalToken.Read.Parsed parsed -> Optional.of(parsed.statement().requestId());
      case ApprovalToken.Read.Malformed _ -> Optional.empty();
    };
  }

  /// Checks the attempt's approval against what is about to be done now.
  public static Result check(Assessment found, Preview preview, LedgerView ledger) {
    String approval = found.it().attempt().approval().orElse("");
    Optional<ChangeRequest> asked =
        requestId(approval).flatMap(id -> ChangeRequest.of(ledger.ofRequest(id), ledger.now()));
    if (requestId(approval).isEmpty()) {
      return no(
          Reason.APPROVAL_INVALID,
          "The approval is neither a request id (ar_…) nor an approval token.",
          "Pass the requestId that you were given, once a person has approved it.");
    }
    if (asked.isEmpty()) {
      return no(Reason.APPROVAL_UNKNOWN, "There is no request with this id.", ASK_AGAIN);
    }
    ChangeRequest request = asked.get();
    Optional<Result> closed = closed(request);
    if (closed.isPresent()) {
      return closed.get();
    }
    Set<String> tokens =
        request.approvals().stream()
            .map(ChangeRequest.Signed::token)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean carried = !REQUEST_ID.matcher(approval).matches();
    boolean recorded = !carried || !tokens.add(approval);
    if (tokens.isEmpty()) {
      return waiting(request);
    }
    Signatures signatures = signatures(request, tokens, found, preview, ledger.now());
    int needed = NeverGuard.approvals(found.it());
    boolean carriedIsWrong = carried && signatures.wrong().containsKey(approval);
    if (signatures.people().size() >= needed && !carriedIsWrong) {
      return new Result.Approved(
          request.id(), String.join(", ", signatures.people()), approval, recorded);
    }
    return carriedIsWrong
        ? signatures.wrong().getOrDefault(approval, waiting(request))
        : signatures.wrong().values().stream()
            .findFirst()
            .orElseGet(() -> tooFew(request, signatures.people().size(), needed));
  }

  /// What the statements are worth.
  ///
  /// @param people who signed, by name; each counts once
  /// @param wrong the statements that do not hold, and why
  private record Signatures(Set<String> people, Map<String, Result> wrong) {}

  private static Signatures signatures(
      ChangeRequest request, Set<String> tokens, Assessment found, Preview preview, Instant now) {
    Set<String> people = new TreeSet<>();
    Map<String, Result> wrong = new LinkedHashMap<>();
    for (String text : tokens) {
      switch (ApprovalToken.parse(text)) {
        case ApprovalToken.Read.Malformed(String message) ->
            wrong.put(text, no(Reason.APPROVAL_INVALID, message, ASK_AGAIN));
        case ApprovalToken.Read.Parsed token ->
            verified(token, request, found, preview, now)
                .ifPresentOrElse(
                    result -> wrong.put(text, result),
                    () -> people.add(token.statement().approver()));
      }
    }
    return new Signatures(people, wrong);
  }

  private static Result tooFew(ChangeRequest request, int people, int needed) {
    return no(
        Reason.QUORUM_MISSING,
        people + " of " + needed + " people have approved the request " + request.id() + ".",
        "Ask another person to run `kubewicket approve " + request.id() + "`.");
  }

  private static Result waiting(ChangeRequest request) {
    return no(
        Reason.APPROVAL_REQUIRED,
        "Nobody has approved the request "
            + request.id()
            + " yet; it waits until "
            + request.expiresAt()
            + ".",
        "Hand the requestId to a person: `kubewicket approve " + request.id() + "`.");
  }

  /// Empty when everything holds.
  private static Optional<Result> verified(
      ApprovalToken.Read.Parsed token,
      ChangeRequest request,
      Assessment found,
      Preview preview,
      Instant now) {
    Attempt attempt = found.it().attempt();
    Policy policy = found.it().policy();
    Rule rule = found.it().rule();
    Optional<Policy.Approver> signer = policy.approverWithKey(token.kid());
    if (signer.isEmpty()) {
      return refused(
          Reason.APPROVAL_INVALID,
          "The approval is signed with a key that tools.yaml does not name.",
          ASK_AGAIN);
    }
    Policy.Approver approver = signer.get();
    ApprovalStatement statement = token.statement();
    boolean signed = PublicKeyText.parse(approver.publicKey()).filter(token::verifies).isPresent();
    if (!signed || !statement.approver().equals(approver.name())) {
      return refused(Reason.APPROVAL_INVALID, "The approval's signature is wrong.", ASK_AGAIN);
    }
    if (!now.isBefore(statement.expiresAt()) || !now.isBefore(request.binding().notAfter())) {
      return refused(
          Reason.APPROVAL_EXPIRED,
          "The approval expired at " + statement.expiresAt() + ".",
          ASK_AGAIN);
    }
    if (isRequester(approver, attempt.caller().name())) {
      return refused(
          Reason.SELF_APPROVAL,
          "The requester cannot approve its own request.",
          "Ask another person.");
    }
    Binding asked = request.binding();
    Binding present =
        Binding.of(
            request.id(),
            attempt,
            preview,
            policy.digest(),
            rule.name(),
            asked.json().path("shown"),
            asked.notBefore(),
            asked.notAfter());
    if (!present.digest().equals(statement.bindingDigest())) {
      return Optional.of(difference(asked.json(), present.json()));
    }
    return Optional.empty();
  }

  /// Whether this approver is the one who asks.
  public static boolean isRequester(Policy.Approver approver, String requester) {
    return approver.name().equals(requester) || approver.principals().contains(requester);
  }

  private static Optional<Result> closed(ChangeRequest request) {
    return switch (request.state()) {
      case PENDING, APPROVED -> Optional.empty();
      case CONSUMED ->
          refused(
              Reason.APPROVAL_CONSUMED,
              "The approval of " + request.id() + " has been used; it is good for one act.",
              ASK_AGAIN);
      case REJECTED ->
          refused(
              Reason.APPROVAL_REJECTED,
              "A person rejected the request " + request.id() + ".",
              "Do not ask again for the same; hand over to a person.");
      case REVOKED ->
          refused(
              Reason.APPROVAL_REVOKED,
              "The approval of " + request.id() + " was taken back.",
              ASK_AGAIN);
      case EXPIRED ->
          refused(
              Reason.APPROVAL_EXPIRED,
              "The request " + request.id() + " or its approval expired.",
              ASK_AGAIN);
    };
  }

  /// Says which part of the binding is not what was approved.
  private static Result difference(JsonNode asked, JsonNode present) {
    for (String part : new String[] {"tool", "requester", "cluster"}) {
      if (!asked.path(part).equals(present.path(part))) {
        return no(
            Reason.DIGEST_MISMATCH,
            "The approval was given for another " + (part.equals("tool") ? "call" : part) + ".",
            "Repeat exactly the call that was approved, with its arguments unchanged.");
      }
    }
    if (!named(asked).equals(named(present))) {
      return no(
          Reason.DIGEST_MISMATCH,
          "The approval was given for another target.",
          "Repeat exactly the call that was approved.");
    }
    if (!asked.path("policy").equals(present.path("policy"))) {
      return no(
          Reason.POLICY_CHANGED, "tools.yaml changed since the approval was given.", ASK_AGAIN);
    }
    for (String part : new String[] {"target", "dryRun", "operation", "wayBack"}) {
      if (!asked.path(part).equals(present.path(part))) {
        return no(
            Reason.TARGET_CHANGED,
            "The target changed since a person looked at it (" + part + " differs).",
            ASK_AGAIN);
      }
    }
    return no(Reason.DIGEST_MISMATCH, "The approval was given for another request.", ASK_AGAIN);
  }

  private static String named(JsonNode binding) {
    JsonNode target = binding.path("target");
    return target.path("apiVersion")
        + " "
        + target.path("kind")
        + " "
        + target.path("namespace")
        + " "
        + target.path("name");
  }

  private static Optional<Result> refused(Reason code, String message, String hint) {
    return Optional.of(no(code, message, hint));
  }

  private static Result no(Reason code, String message, String hint) {
    return new Result.Refused(Denial.of(code, message, hint));
  }
}
