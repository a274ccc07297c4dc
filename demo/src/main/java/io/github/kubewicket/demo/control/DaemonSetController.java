package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.select.LabelSelector;
import io.github.kubewicket.demo.store.Names;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Keeps one pod on every node that the template's node selector matches.
final class DaemonSetController {
  static final String KIND = "daemonsets.apps";
  private static final String REVISION = "controller-revision-hash";
  private static final String NAME = "daemonset-controller";

  private final World world;
  private final Recorder events;
  private final Kind kind;

  DaemonSetController(World world, Recorder events) {
    this.world = world;
    this.events = events;
    this.kind = world.kinds().of(KIND);
  }

  void run() {
    world.all(KIND).stream().filter(set -> !Objects.ending(set)).forEach(this::sync);
  }

  private void sync(ObjectNode set) {
    String revision = Names.hash(Json.at(set, "spec", "template"));
    LabelSelector wanted =
        LabelSelector.of(Json.at(set, "spec", "template", "spec", "nodeSelector"));
    List<String> nodes =
        world.all("nodes").stream().filter(wanted::matches).map(Objects::name).toList();
    for (String node : nodes) {
      if (world.owned("pods", set).stream().noneMatch(pod -> node(pod).equals(node))) {
        create(set, node, revision);
      }
    }
    List<ObjectNode> pods = world.owned("pods", set);
    for (ObjectNode pod : pods) {
      if (!nodes.contains(node(pod)) && !Objects.ending(pod)) {
        delete(set, pod);
      }
    }
    boolean rolling = Json.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate");
    if (rolling
        && pods.stream().allMatch(pod -> Objects.is(pod, "Ready") && !Objects.ending(pod))) {
      pods.stream()
          .filter(pod -> !label(pod).equals(revision))
          .findFirst()
          .ifPresent(pod -> delete(set, pod));
    }
    status(set, nodes, revision);
  }

  private void create(ObjectNode set, String node, String revision) {
    ObjectNode pod = Pods.from(set, world.reference(KIND, set));
    Json.child(pod, "metadata")
        .put("name", Objects.name(set) + "-" + Names.suffix(world.random()))
        .put("generateName", Objects.name(set) + "-");
    Json.child(pod, "metadata", "labels").put(REVISION, revision);
    Json.child(pod, "spec").put("nodeName", node);
    world
        .create("pods", pod)
        .ifPresent(made ->
            events.normal(
                kind, set, NAME, "SuccessfulCreate", "Created pod: " + Objects.name(made)));
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    world.delete("pods", pod);
    events.normal(kind, set, NAME, "SuccessfulDelete", "Deleted pod: " + Objects.name(pod));
  }

  private void status(ObjectNode set, List<String> nodes, String revision) {
    List<ObjectNode> pods =
        world.owned("pods", set).stream().filter(pod -> !Objects.ending(pod)).toList();
    int ready = (int) pods.stream().filter(pod -> Objects.is(pod, "Ready")).count();
    int wait = Json.number(set, 0, "spec", "minReadySeconds");
    int available =
        (int) pods.stream().filter(pod -> Objects.available(pod, wait, world.now())).count();
    ObjectNode status = Json.object();
    status.put("currentNumberScheduled", pods.size()).put("numberMisscheduled", 0);
    status.put("desiredNumberScheduled", nodes.size()).put("numberReady", ready);
    status.put("observedGeneration", Json.number(set, 0, "metadata", "generation"));
    Objects.put(
        status,
        "updatedNumberScheduled",
        (int) pods.stream().filter(pod -> label(pod).equals(revision)).count());
    Objects.put(status, "numberAvailable", available);
    Objects.put(status, "numberUnavailable", nodes.size() - available);
    world.status(KIND, set, status, World.CONTROLLER);
  }

  private static String node(ObjectNode pod) {
    return Json.text(pod, "spec", "nodeName");
  }

  private static String label(ObjectNode pod) {
    return Json.text(pod, "metadata", "labels", REVISION);
  }
}
