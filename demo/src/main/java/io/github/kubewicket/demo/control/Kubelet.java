package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Lets bound pods live and end: container by container, then the pod's own phase and conditions.
final class Kubelet {
  static final String NAME = "kubelet";

  private final World world;
  private final Recorder events;
  private final Timing timing;
  private final Kind kind;
  private final Moments moments = new Moments();
  private final Containers containers;

  Kubelet(World world, Recorder events, Timing timing) {
    this.world = world;
    this.events = events;
    this.timing = timing;
    this.kind = world.kinds().of("pods");
    this.containers = new Containers(world, events, timing, moments);
  }

  void run() {
    Set<String> alive = new HashSet<>();
    for (ObjectNode pod : world.all("pods")) {
      alive.add(Objects.uid(pod));
      if (Objects.ending(pod)) {
        end(pod);
      } else if (!Json.text(pod, "spec", "nodeName").isEmpty() && Objects.active(pod)) {
        live(pod);
      }
    }
    moments.retain(alive);
  }

  private void live(ObjectNode pod) {
    ObjectNode status = Objects.status(pod);
    Instant now = world.now();
    if (!status.has("startTime")) {
      status.put("startTime", Json.time(now));
      status.put("hostIP", address(pod));
    }
    List<ObjectNode> states = containers.step(pod, status);
    status.set("containerStatuses", Json.array().addAll(states));
    PodPhase.set(pod, status, states, now);
    if (!status.has("podIP") && Json.text(status, "phase").equals("Running")) {
      String ip = "10.244." + world.random().nextInt(0, 4) + "." + world.random().nextInt(2, 250);
      status.put("podIP", ip).putArray("podIPs").addObject().put("ip", ip);
    }
    world.status("pods", pod, status, NAME);
  }

  private void end(ObjectNode pod) {
    String uid = Objects.uid(pod);
    if (moments.first(uid, "end", world.now())) {
      for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
        String name = Json.text(container, "name");
        events.record(
            kind,
            pod,
            "spec.containers{" + name + "}",
            NAME,
            "Normal",
            "Killing",
            "Stopping container " + name);
      }
    }
    Duration since = moments.since(uid, "end", world.now());
    if (since.compareTo(timing.end()) >= 0) {
      world.store().remove(Key.of(kind, pod));
    }
  }

  private String address(ObjectNode pod) {
    return world
        .store()
        .get(new Key("nodes", "", Json.text(pod, "spec", "nodeName")))
        .flatMap(node -> Json.first(node, any -> true, "status", "addresses"))
        .map(entry -> Json.text(entry, "address"))
        .orElse("");
  }
}
