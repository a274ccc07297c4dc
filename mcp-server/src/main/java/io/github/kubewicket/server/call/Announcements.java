package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.server.people.Notifier;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells people what an agent is about to do, and what came of it.
public final class Announcements {
  private final Notifier notifier;

  /// Tells them this way.
  public Announcements(Notifier notifier) {
    this.notifier = notifier;
  }

  /// It is about to be done.
  ///
  /// @return whether people were told
  boolean before(Attempt attempt) {
    return notifier.tell(message("about_to_act", attempt, "It is about to be done."));
  }

  /// It will be done unless somebody objects.
  ///
  /// @return whether people were told
  boolean held(Attempt attempt, Verdict.Hold hold, Duration time) {
    String id = hold.request().id();
    return notifier.tell(
        message(
                "held",
                attempt,
                "It will be done in "
                    + time.toSeconds()
                    + " s unless somebody runs `kubewicket reject "
                    + id
                    + "`.")
            .put("requestId", id)
            .put("diff", hold.request().text("diff")));
  }

  /// It was done; told only where people were told before.
  void after(Attempt attempt, Verdict.Allow allow, Outcome outcome) {
    if (allow.tier() != Tier.NOTIFY && allow.tier() != Tier.VETO) {
      return;
    }
    // An act is not undone because nobody could be told how it ended; the ledger has it.
    boolean unused =
        notifier.tell(
            message("acted", attempt, outcome.message())
                .put("changeId", allow.permit().changeId())
                .put("result", outcome.result().word()));
  }

  private static ObjectNode message(String event, Attempt attempt, String what) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event", event)
        .put(
            "text",
            attempt.caller().name()
                + ": "
                + attempt.tool()
                + " on "
                + attempt.target().describe()
                + ". "
                + what)
        .put("caller", attempt.caller().name())
        .put("tool", attempt.tool())
        .put("target", attempt.target().describe())
        .put("agentSays", attempt.reason());
  }
}
