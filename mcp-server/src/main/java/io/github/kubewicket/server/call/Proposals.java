package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Plan;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Spells what was not done: suggestions for a person, and what a rule in shadow would have done.
/// Both are errors to the client, so that nobody takes them for done.
final class Proposals {
  private Proposals() {}

  static Reply suggested(Verdict.Suggest suggest, Target target, Preview preview, Plan plan) {
    String command = command(plan);
    String message =
        "The rule "
            + suggest.rule()
            + " only suggests; nothing was done to "
            + target.describe()
            + ".";
    String hint =
        "Show a person the diff and this command"
            + (target.clusterName().isEmpty() ? "" : ", for the cluster " + target.clusterName())
            + ": "
            + command;
    ObjectNode envelope =
        envelope("suggested", Reason.SUGGESTED, message, suggest.rule(), preview)
            .put("command", command);
    Replies.because(envelope, suggest.because());
    return new Reply("SUGGESTED: " + message + " " + hint, envelope.put("hint", hint), true);
  }

  static Reply shadowed(Verdict.Shadow shadow, Target target, Preview preview) {
    String message =
        "The rule "
            + shadow.rule()
            + " is in shadow: it would have acted on "
            + target.describe()
            + " at the tier "
            + shadow.tier().word()
            + ", and only wrote that down; "
            + shadow.left()
            + ".";
    String hint = "Hand over to a person.";
    ObjectNode envelope =
        envelope("shadow", Reason.RULE_IN_SHADOW, message, shadow.rule(), preview);
    return new Reply("RULE_IN_SHADOW: " + message + " " + hint, envelope.put("hint", hint), true);
  }

  private static ObjectNode envelope(
      String decision, Reason code, String message, String rule, Preview preview) {
    ObjectNode envelope =
        JsonNodeFactory.instance
            .objectNode()
            .put("decision", decision)
            .put("code", code.name())
            .put("message", message)
            .put("rule", rule)
            .put("retryable", code.retryable())
            .put("approvable", code.approvable())
            .put("diff", Replies.clipped(preview.diff()))
            .put("wayBack", preview.wayBack().word());
    envelope.set("blastRadius", preview.blastRadius());
    return envelope;
  }

  /// What a person would run. The names fit Kubernetes' own patterns, so nothing in them means
  /// anything to a shell.
  private static String command(Plan plan) {
    return switch (plan) {
      case Plan.Restart(var namespace, var workload, var _) ->
          "kubectl -n " + namespace + " rollout restart " + shown(workload);
      case Plan.Scale(var namespace, var workload, var replicas, var _, var _) ->
          "kubectl -n " + namespace + " scale --replicas=" + replicas + " " + shown(workload);
      case Plan.Evict(var namespace, var pod, var _) ->
          "kubectl -n "
              + namespace
              + " delete pod "
              + pod
              + " (deletes it without asking its disruption budget)";
    };
  }

  private static String shown(Plan.WorkloadRef workload) {
    return workload.kind().toLowerCase(Locale.ROOT) + "/" + workload.name();
  }
}
