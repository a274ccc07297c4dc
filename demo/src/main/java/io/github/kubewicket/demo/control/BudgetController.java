package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.select.LabelSelector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Counts what disruption budgets allow: `pkg/controller/disruption`.
final class BudgetController {
  private static final String KIND = "poddisruptionbudgets.policy";

  /// The real controller's `DeletionTimeout`.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final World world;

  BudgetController(World world) {
    this.world = world;
  }

  void run() {
    world.all(KIND).forEach(this::sync);
  }

  private void sync(ObjectNode budget) {
    LabelSelector selector = LabelSelector.of(Json.at(budget, "spec", "selector"));
    List<ObjectNode> pods =
        world.in("pods", budget).stream()
            .filter(selector::matches)
            .filter(Objects::active)
            .toList();
    ObjectNode disrupted = disrupted(budget, pods);
    int healthy =
        (int)
            pods.stream()
                .filter(pod -> Objects.is(pod, "Ready") && !disrupted.has(Objects.name(pod)))
                .count();
    int expected = expected(pods);
    JsonNode spec = budget.path("spec");
    int desired =
        spec.has("minAvailable")
            ? share(spec.path("minAvailable"), expected)
            : Math.max(0, expected - share(spec.path("maxUnavailable"), expected));
    int allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
    ObjectNode status = Json.object();
    status.put("observedGeneration", Json.number(budget, 0, "metadata", "generation"));
    if (!disrupted.isEmpty()) {
      status.set("disruptedPods", disrupted);
    }
    status.put("disruptionsAllowed", allowed).put("currentHealthy", healthy);
    status.put("desiredHealthy", desired).put("expectedPods", expected);
    status.set("conditions", Json.at(budget, "status", "conditions").deepCopy());
    Objects.condition(
        status,
        "DisruptionAllowed",
        allowed > 0,
        allowed > 0 ? "SufficientPods" : "InsufficientPods",
        "",
        world.now());
    Json.first(status, any -> true, "conditions")
        .ifPresent(condition ->
            condition
                .put("message", "")
                .put("observedGeneration", Json.number(budget, 0, "metadata", "generation")));
    world.status(KIND, budget, status, World.CONTROLLER);
  }

  /// Pods whose eviction was granted less than two minutes ago and that are still there.
  private ObjectNode disrupted(ObjectNode budget, List<ObjectNode> pods) {
    ObjectNode kept = Json.object();
    for (ObjectNode pod : pods) {
      String name = Objects.name(pod);
      Json.time(budget, "status", "disruptedPods", name)
          .filter(since -> since.plus(PATIENCE).isAfter(world.now()))
          .ifPresent(since -> kept.put(name, Json.time(since)));
    }
    return kept;
  }

  /// The sizes that the pods' controllers are meant to have.
  private int expected(List<ObjectNode> pods) {
    Set<String> counted = new HashSet<>();
    int expected = 0;
    for (ObjectNode pod : pods) {
      JsonNode owner = Json.at(pod, "metadata", "ownerReferences").path(0);
      if (owner.isMissingNode()) {
        expected++;
        continue;
      }
      ObjectNode top = top(pod, owner);
      if (counted.add(Objects.uid(top))) {
        expected += top.path("spec").has("replicas") ? Objects.replicas(top) : 1;
      }
    }
    return expected;
  }

  private ObjectNode top(ObjectNode below, JsonNode owner) {
    String resource =
        world
            .kinds()
            .named(Json.text(owner, "apiVersion"), Json.text(owner, "kind"))
            .map(kind -> kind.resource())
            .orElse("");
    for (ObjectNode candidate : world.in(resource, below)) {
      if (Objects.uid(candidate).equals(Json.text(owner, "uid"))) {
        JsonNode next = Json.at(candidate, "metadata", "ownerReferences").path(0);
        return next.isMissingNode() ? candidate : top(candidate, next);
      }
    }
    return below;
  }

  private static int share(JsonNode value, int of) {
    if (value.isInt()) {
      return value.asInt();
    }
    String text = value.asString("0").replace("%", "");
    int percent = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    return (int) Math.ceil(of * percent / 100.0);
  }
}
