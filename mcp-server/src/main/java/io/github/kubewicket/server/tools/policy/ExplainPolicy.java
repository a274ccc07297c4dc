package io.github.kubewicket.server.tools.policy;

import io.github.kubewicket.policy.Explanation;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.PolicyTool;
import io.github.kubewicket.server.catalogue.Reply;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Says what would happen to a write, guardrail by guardrail, without making it.
public final class ExplainPolicy implements PolicyTool<ExplainPolicy.Args> {
  /// Which call.
  public record Args(
      String tool,
      String namespace,
      Optional<String> workload,
      Optional<String> pod,
      Optional<Integer> replicas) {}

  private static final Field<String> TOOL =
      Field.text(
              "tool",
              "Write tool, such as restart_workload",
              Pattern.compile("[a-z_]{1,60}"),
              "the name of a write tool")
          .required();
  private static final Field<Integer> REPLICAS =
      Field.integer("replicas", "For scale_workload", 0, 1_000);

  private static final Input<Args> INPUT =
      Input.of(
          values ->
              new Args(
                  values.get(TOOL),
                  values.get(Places.NAMESPACE),
                  values.find(Places.WORKLOAD),
                  values.find(Places.POD),
                  values.find(REPLICAS)),
          TOOL,
          Places.NAMESPACE,
          Places.WORKLOAD,
          Places.POD,
          REPLICAS);

  @Override
  public String name() {
    return "explain_policy";
  }

  @Override
  public String title() {
    return "Explain the policy";
  }

  @Override
  public String description() {
    return "What would happen to a write, check by check, without making it: the tier that is left, what refuses it, and when it may be tried. Ask before you write.";
  }

  @Override
  public Input<Args> input() {
    return INPUT;
  }

  @Override
  public ObjectNode outputSchema() {
    return Schemas.read(
        """
        {"type":"object","required":["decision"],"properties":{
        "decision":{"type":"string"},"code":{"type":"string"},"rule":{"type":"string"},
        "message":{"type":"string"},"hint":{"type":"string"},"retryAfter":{"type":"string"},
        "checks":{"type":"array","items":{"type":"object"}}}}
        """);
  }

  @Override
  public Reply answer(Args arguments, PolicyDesk desk, int budget) {
    ObjectNode call = JsonNodeFactory.instance.objectNode().put("namespace", arguments.namespace());
    arguments.workload().ifPresent(workload -> call.put("workload", workload));
    arguments.pod().ifPresent(pod -> call.put("pod", pod));
    arguments.replicas().ifPresent(replicas -> call.put("replicas", replicas));
    return switch (desk.explain(arguments.tool(), call)) {
      case PolicyDesk.Explained.Refused(Reply reply) -> reply;
      case PolicyDesk.Explained.Heard(Target target, Explanation explanation) ->
          reply(arguments.tool(), target, explanation, budget);
    };
  }

  private static Reply reply(String tool, Target target, Explanation explanation, int budget) {
    String decision = decision(explanation);
    ObjectNode structured =
        JsonNodeFactory.instance
            .objectNode()
            .put("decision", decision)
            .put("tool", tool)
            .put("target", target.describe());
    explanation.rule().ifPresent(rule -> structured.put("rule", rule));
    explanation
        .refusal()
        .ifPresent(denial -> {
          structured.put("code", denial.code().name()).put("message", denial.message());
          denial.retryAfter().ifPresent(at -> structured.put("retryAfter", at.toString()));
          structured.put("hint", denial.hint());
        });
    explanation.shadow().ifPresent(left -> structured.put("shadow", left));
    ArrayNode checks = structured.putArray("checks");
    for (Assessment.Step step : explanation.steps()) {
      checks.add(check(step));
    }
    String text =
        tool
            + " on "
            + target.describe()
            + ": "
            + decision
            + explanation
                .refusal()
                .map(denial -> ", " + denial.code().name() + ": " + denial.message())
                .orElse(".");
    if (Sizes.of(structured) + text.length() > budget) {
      // What passed matters least.
      checks.forEach(check -> {
        if (check instanceof ObjectNode json && json.path("result").asString("").equals("passed")) {
          json.remove("message");
        }
      });
    }
    return new Reply(text, structured, false);
  }

  /// What the caller would be told first.
  private static String decision(Explanation explanation) {
    if (explanation.refusal().isPresent()) {
      return "deny";
    }
    if (explanation.shadow().isPresent()) {
      return "shadow";
    }
    return switch (explanation.tier()) {
      case NEVER -> "deny";
      case SUGGEST -> "suggested";
      case APPROVE -> "approval_required";
      case VETO -> "held";
      case NOTIFY, AUTO -> "allow";
    };
  }

  private static ObjectNode check(Assessment.Step step) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("check", step.check());
    return switch (step.finding()) {
      case Finding.Passed(String message) -> json.put("result", "passed").put("message", message);
      case Finding.Ceiling ceiling ->
          json.put("result", "at most " + ceiling.tier().word()).put("message", ceiling.message());
      case Finding.Refused(var denial) ->
          json.put("result", "refused")
              .put("code", denial.code().name())
              .put("message", denial.message());
    };
  }
}
