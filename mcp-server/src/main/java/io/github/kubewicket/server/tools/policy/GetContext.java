package io.github.kubewicket.server.tools.policy;

import io.github.kubewicket.policy.Standing;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.limit.BudgetLeft;
import io.github.kubewicket.policy.window.Upcoming;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.PolicyTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.context.SurroundingsJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells what is supposed to be happening around a target.
public final class GetContext implements PolicyTool<GetContext.Args> {
  /// Which target.
  public record Args(String namespace, Optional<String> workload, Optional<String> pod) {
    /// Refuses neither, and both.
    public Args {
      if (workload.isPresent() == pod.isPresent()) {
        throw new IllegalArgumentException("Name either a workload or a pod.");
      }
    }
  }

  private static final int MOST_WINDOWS = 20;
  private static final int FEWEST = 3;

  private static final Input<Args> INPUT =
      Input.of(
          values ->
              new Args(
                  values.get(Places.NAMESPACE),
                  values.find(Places.WORKLOAD),
                  values.find(Places.POD)),
          Places.NAMESPACE,
          Places.WORKLOAD,
          Places.POD);

  @Override
  public String name() {
    return "get_context";
  }

  @Override
  public String title() {
    return "Get the context of a target";
  }

  @Override
  public String description() {
    return "What is supposed to be happening around a workload or pod: backups running or due, rollouts, incidents, windows, autoscalers and GitOps owners, disruption budgets, recent changes, and what is left of each budget.";
  }

  @Override
  public Input<Args> input() {
    return INPUT;
  }

  @Override
  public ObjectNode outputSchema() {
    return Schemas.read(
        """
        {"type":"object","required":["target"],"properties":{
        "target":{"type":"string"},"environment":{"enum":["production","other"]},
        "paused":{"type":"string"},"around":{"type":"object"},
        "budgets":{"type":"array","items":{"type":"object"}},
        "windows":{"type":"array","items":{"type":"object"}},
        "recentChanges":{"type":"array","items":{"type":"object"}}}}
        """);
  }

  @Override
  public Reply answer(Args arguments, PolicyDesk desk, int budget) {
    PolicyDesk.Context context =
        desk.context(arguments.namespace(), arguments.workload(), arguments.pod());
    Standing standing = context.standing();
    ObjectNode structured =
        JsonNodeFactory.instance
            .objectNode()
            .put("target", context.target().describe())
            .put("environment", standing.environment().word());
    standing.paused().ifPresent(why -> structured.put("paused", why));
    structured.set("around", SurroundingsJson.of(context.surroundings()));
    ArrayNode budgets = structured.putArray("budgets");
    standing.budgets().forEach(left -> budgets.add(budget(left)));
    ArrayNode windows = structured.putArray("windows");
    standing.windows().stream().limit(MOST_WINDOWS).forEach(one -> windows.add(window(one)));
    ArrayNode recent = structured.putArray("recentChanges");
    standing.recent().forEach(entry -> recent.add(change(entry)));
    String text = context.target().describe() + ", " + standing.environment().word() + ".";
    return new Reply(text, fitted(structured, budget - text.length()), false);
  }

  /// Leaves out what matters least, piece by piece, until the answer fits; `truncated` says so.
  private static ObjectNode fitted(ObjectNode answer, int budget) {
    for (String part : List.of("recentChanges", "windows", "budgets")) {
      if (Sizes.of(answer) <= budget) {
        return answer;
      }
      answer.remove(part);
      answer.put("truncated", true);
    }
    ObjectNode around = answer.withObject("around");
    for (String part : List.of("services", "usage", "managers", "crowd", "workload", "namespace")) {
      if (Sizes.of(answer) <= budget) {
        return answer;
      }
      around.remove(part);
    }
    for (String part : List.of("deployments", "backups", "incidents")) {
      if (Sizes.of(answer) > budget && around.get(part) instanceof ArrayNode list) {
        while (list.size() > FEWEST) {
          list.remove(list.size() - 1);
        }
      }
    }
    return answer;
  }

  private static ObjectNode budget(BudgetLeft left) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("budget", left.budget().name())
            .put("limit", left.budget().limit())
            .put("left", left.left());
    left.nextAt().filter(at -> left.left() == 0).ifPresent(at -> json.put("nextAt", at.toString()));
    return json;
  }

  private static ObjectNode window(Upcoming window) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", window.window())
            .put("mode", window.mode().name().toLowerCase(Locale.ROOT))
            .put("what", window.what().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .put("at", window.at().toString());
    window.reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }

  private static ObjectNode change(Entry act) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", act.at().toString())
        .put("changeId", act.text("changeId"))
        .put("tool", act.text("tool"))
        .put("by", act.text("caller"));
  }
}
