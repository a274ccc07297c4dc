package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Names;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Keeps as many pods as a ReplicaSet wants.
final class ReplicaSetController {
  static final String KIND = "replicasets.apps";
  private static final String NAME = "replicaset-controller";

  /// New pods at a time, the real controller's burst.
  private static final int BURST = 500;

  /// The first to go: not ready, then the youngest.
  private static final Comparator<ObjectNode> DISPENSABLE =
      Comparator.<ObjectNode, Boolean>comparing(pod -> Objects.is(pod, "Ready"))
          .thenComparing(Objects.OLDEST.reversed())
          .thenComparing(Objects::name);

  private final World world;
  private final Recorder events;
  private final Kind kind;

  ReplicaSetController(World world, Recorder events) {
    this.world = world;
    this.events = events;
    this.kind = world.kinds().of(KIND);
  }

  void run() {
    world.all(KIND).forEach(this::sync);
  }

  private void sync(ObjectNode set) {
    List<ObjectNode> pods = pods(set);
    int missing = Objects.replicas(set) - pods.size();
    for (int i = 0; i < Math.min(missing, BURST); i++) {
      ObjectNode pod = Pods.from(set, world.reference(KIND, set));
      Json.child(pod, "metadata")
          .put("name", Objects.name(set) + "-" + Names.suffix(world.random()))
          .put("generateName", Objects.name(set) + "-");
      world
          .create("pods", pod)
          .ifPresent(made ->
              events.normal(
                  kind, set, NAME, "SuccessfulCreate", "Created pod: " + Objects.name(made)));
    }
    pods.stream()
        .sorted(DISPENSABLE)
        .limit(Math.max(0, -missing))
        .forEach(pod -> {
          world.delete("pods", pod);
          events.normal(kind, set, NAME, "SuccessfulDelete", "Deleted pod: " + Objects.name(pod));
        });
    status(set, pods(set));
  }

  private List<ObjectNode> pods(ObjectNode set) {
    return world.owned("pods", set).stream().filter(Objects::active).toList();
  }

  private void status(ObjectNode set, List<ObjectNode> pods) {
    ObjectNode status = Json.object();
    int wait = Json.number(set, 0, "spec", "minReadySeconds");
    status.put("replicas", pods.size());
    Objects.put(status, "fullyLabeledReplicas", pods.size());
    Objects.put(
        status,
        "readyReplicas",
        (int) pods.stream().filter(pod -> Objects.is(pod, "Ready")).count());
    Objects.put(
        status,
        "availableReplicas",
        (int) pods.stream().filter(pod -> Objects.available(pod, wait, world.now())).count());
    status.put("observedGeneration", Json.number(set, 0, "metadata", "generation"));
    world.status(KIND, set, status, World.CONTROLLER);
  }
}
