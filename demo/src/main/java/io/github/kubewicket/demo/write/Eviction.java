package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.select.LabelSelector;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The eviction subresource: deletes a pod if its disruption budget allows it, after
/// `pkg/registry/core/pod/storage/eviction.go`.
public final class Eviction {
  private static final String BUDGETS = "poddisruptionbudgets.policy";

  private final Store store;
  private final Kinds kinds;
  private final Deletion deletion;
  private final InstantSource clock;

  /// Evicts from the store.
  public Eviction(Store store, Kinds kinds, Deletion deletion, InstantSource clock) {
    this.store = store;
    this.kinds = kinds;
    this.deletion = deletion;
    this.clock = clock;
  }

  /// Evicts the pod that the path names.
  ///
  /// @return a `Status` of success
  public Outcome<ObjectNode> evict(Target target, byte[] body, boolean dryRun) {
    JsonNode eviction;
    try {
      eviction = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      return Outcome.refused(Status.badRequest("json parse error: " + e.getOriginalMessage()));
    }
    if (!Json.text(eviction, "kind").equals("Eviction")) {
      return Outcome.refused(Status.badRequest("not a Eviction object"));
    }
    if (!Json.text(eviction, "metadata", "name").equals(target.name())) {
      return Outcome.refused(
          Status.badRequest("name in URL does not match name in Eviction object"));
    }
    Optional<ObjectNode> pod = store.get(target.key());
    if (pod.isEmpty()) {
      return Outcome.refused(Status.notFound(target.kind(), target.name()));
    }
    return DeleteOptions.of(eviction.path("deleteOptions"), "Background", dryRun)
        .then(options -> evict(target.kind(), pod.get(), options));
  }

  private Outcome<ObjectNode> evict(Kind kind, ObjectNode pod, DeleteOptions options) {
    return budget(pod)
        .then(allowed -> {
          if (!options.dryRun()) {
            spend(allowed);
          }
          return options.admits(kind, allowed);
        })
        .then(allowed -> {
          if (!options.dryRun()) {
            deletion.delete(kind, allowed, false, options.grace());
          }
          ObjectNode status = Json.object();
          status.put("kind", "Status").put("apiVersion", "v1");
          status.putObject("metadata");
          return Outcome.done(status.put("status", "Success").put("code", 201));
        });
  }

  private Outcome<ObjectNode> budget(ObjectNode pod) {
    if (unprotected(pod)) {
      return Outcome.done(pod);
    }
    List<ObjectNode> budgets = budgets(pod);
    if (budgets.size() > 1) {
      return Outcome.refused(
          new Status(
              500,
              "",
              "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                  + " not support.",
              "",
              "",
              "",
              List.of()));
    }
    if (budgets.isEmpty()) {
      return Outcome.done(pod);
    }
    ObjectNode budget = budgets.getFirst();
    String name = Json.text(budget, "metadata", "name");
    int healthy = Json.number(budget, 0, "status", "currentHealthy");
    int desired = Json.number(budget, 0, "status", "desiredHealthy");
    if (!ready(pod) && desired > 0 && healthy >= desired) {
      return Outcome.done(pod);
    }
    if (Json.number(budget, 0, "status", "observedGeneration")
        < Json.number(budget, 0, "metadata", "generation")) {
      return Outcome.refused(
          Status.disruptionBudget(
              "The disruption budget " + name + " is still being processed by the server."));
    }
    if (Json.number(budget, 0, "status", "disruptionsAllowed") <= 0) {
      return Outcome.refused(
          Status.disruptionBudget(
              "The disruption budget "
                  + name
                  + " needs "
                  + desired
                  + " healthy pods and has "
                  + healthy
                  + " currently"));
    }
    return Outcome.done(pod);
  }

  /// Takes the pod out of the budget, before its preconditions are looked at: the API server does
  /// it in this order, so an eviction that fails on a precondition still costs the budget for two
  /// minutes.
  private void spend(ObjectNode pod) {
    if (unprotected(pod) || !ready(pod)) {
      return;
    }
    for (ObjectNode budget : budgets(pod)) {
      ObjectNode spent = budget.deepCopy();
      int allowed = Json.number(budget, 0, "status", "disruptionsAllowed");
      Json.child(spent, "status").put("disruptionsAllowed", Math.max(0, allowed - 1));
      Json.child(spent, "status", "disruptedPods")
          .put(Json.text(pod, "metadata", "name"), Json.time(clock.instant()));
      store.put(Key.of(kinds.of(BUDGETS), spent), spent);
    }
  }

  private List<ObjectNode> budgets(ObjectNode pod) {
    return store.list(BUDGETS, Json.text(pod, "metadata", "namespace")).stream()
        .filter(budget -> LabelSelector.of(Json.at(budget, "spec", "selector")).matches(pod))
        .toList();
  }

  private static boolean unprotected(ObjectNode pod) {
    return Json.at(pod, "metadata").has("deletionTimestamp")
        || switch (Json.text(pod, "status", "phase")) {
          case "Pending", "Succeeded", "Failed" -> true;
          default -> false;
        };
  }

  private static boolean ready(ObjectNode pod) {
    return Json.first(
            pod,
            condition ->
                Json.text(condition, "type").equals("Ready")
                    && Json.text(condition, "status").equals("True"),
            "status",
            "conditions")
        .isPresent();
  }
}
