package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.server.catalogue.Reply;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Spells verdicts as replies: one envelope for every refusal, whatever the tool.
public final class Replies {
  private static final int MAX_SHOWN_DIFF = 4_000;

  private Replies() {}

  /// A refusal: `isError`, and a structure that a program can branch on.
  public static Reply refused(Denial denial) {
    ObjectNode envelope =
        JsonNodeFactory.instance
            .objectNode()
            .put("decision", "deny")
            .put("code", denial.code().name())
            .put("message", denial.message());
    denial.rule().ifPresent(rule -> envelope.put("rule", rule));
    denial.limit().ifPresent(limit -> envelope.put("limit", limit));
    denial.used().ifPresent(used -> envelope.put("used", used));
    denial.retryAfter().ifPresent(at -> envelope.put("retryAfter", at.toString()));
    envelope
        .put("retryable", denial.code().retryable())
        .put("approvable", denial.code().approvable());
    denial.entry().ifPresent(seq -> envelope.put("auditSeq", seq));
    envelope.put("hint", denial.hint());
    return new Reply(
        denial.code().name() + ": " + denial.message() + " " + denial.hint(), envelope, true);
  }

  /// A change that waits for a person. It is an error to the client, so that nobody takes it for
  /// done.
  public static Reply waiting(Verdict.Wait wait) {
    ChangeRequest request = wait.request();
    boolean approved = request.state() == ChangeRequest.State.APPROVED;
    String next =
        approved
            ? "A person has approved it: repeat the identical call with approval: \""
                + request.id()
                + "\"."
            : "Ask a person to run `kubewicket approve "
                + request.id()
                + "`, then repeat the identical call with approval: \""
                + request.id()
                + "\".";
    String message =
        (approved ? "Approved, not yet done: " : "A person has to approve this first: ")
            + request.text("tool")
            + " on "
            + request.text("target")
            + ".";
    ObjectNode envelope =
        JsonNodeFactory.instance
            .objectNode()
            .put("decision", "approval_required")
            .put("code", "APPROVAL_REQUIRED")
            .put("message", message)
            .put("requestId", request.id())
            .put("state", request.state().name().toLowerCase(Locale.ROOT))
            .put("expiresAt", request.expiresAt().toString())
            .put("rule", request.text("rule"))
            .put("retryable", true)
            .put("approvable", true)
            .put("diff", clipped(request.text("diff")))
            .put("wayBack", request.text("wayBack"));
    envelope.set("blastRadius", request.body().path("blastRadius"));
    because(envelope, wait.because());
    envelope.put("hint", next);
    return new Reply("APPROVAL_REQUIRED: " + message + " " + next, envelope, true);
  }

  /// Why less is left than the rule says.
  static void because(ObjectNode envelope, List<Finding.Ceiling> ceilings) {
    if (ceilings.isEmpty()) {
      return;
    }
    ArrayNode reasons = envelope.putArray("because");
    for (Finding.Ceiling ceiling : ceilings) {
      reasons.add(ceiling.reason().name() + ": " + ceiling.message());
    }
  }

  static String clipped(String diff) {
    if (diff.length() <= MAX_SHOWN_DIFF) {
      return diff;
    }
    return diff.substring(0, MAX_SHOWN_DIFF)
        + "\n… "
        + (diff.length() - MAX_SHOWN_DIFF)
        + " more characters; `kubewicket show` has them all";
  }
}
