package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Binds pods to the ready node with the fewest.
final class Scheduler {
  private static final String NAME = "default-scheduler";

  private final World world;
  private final Recorder events;

  Scheduler(World world, Recorder events) {
    this.world = world;
    this.events = events;
  }

  void run() {
    for (ObjectNode pod : world.all("pods")) {
      if (Json.text(pod, "spec", "nodeName").isEmpty() && Objects.active(pod)) {
        bind(pod);
      }
    }
  }

  private void bind(ObjectNode pod) {
    List<ObjectNode> pods = world.all("pods");
    Optional<String> node =
        world.all("nodes").stream()
            .filter(Scheduler::takes)
            .map(Objects::name)
            .min(
                Comparator.comparing((String name) ->
                    pods.stream()
                        .filter(other ->
                            Json.text(other, "spec", "nodeName").equals(name)
                                && related(other, pod))
                        .count()));
    if (node.isEmpty()) {
      refuse(pod);
      return;
    }
    ObjectNode bound = pod.deepCopy();
    Json.child(bound, "spec").put("nodeName", node.get());
    Objects.condition(Json.child(bound, "status"), "PodScheduled", true, "", "", world.now());
    events.normal(
        world.kinds().of("pods"),
        world.update("pods", pod, bound, "kube-scheduler"),
        NAME,
        "Scheduled",
        "Successfully assigned "
            + Objects.namespace(pod)
            + "/"
            + Objects.name(pod)
            + " to "
            + node.get());
  }

  private void refuse(ObjectNode pod) {
    if (Objects.condition(pod, "PodScheduled").isPresent()) {
      return;
    }
    int nodes = world.all("nodes").size();
    String why = "0/" + nodes + " nodes are available: " + nodes + " node(s) were unschedulable.";
    ObjectNode status = Objects.status(pod);
    Objects.condition(status, "PodScheduled", false, "Unschedulable", why, world.now());
    events.warning(
        world.kinds().of("pods"),
        world.status("pods", pod, status, "kube-scheduler"),
        NAME,
        "FailedScheduling",
        why);
  }

  private static boolean takes(ObjectNode node) {
    return !Json.flag(node, "spec", "unschedulable") && Objects.is(node, "Ready");
  }

  private static boolean related(ObjectNode one, ObjectNode other) {
    return Json.at(one, "metadata", "ownerReferences", "0")
            .equals(Json.at(other, "metadata", "ownerReferences", "0"))
        && Objects.namespace(one).equals(Objects.namespace(other));
  }
}
