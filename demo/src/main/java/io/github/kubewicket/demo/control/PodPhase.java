package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The phase and the conditions of a pod, from the states of its containers.
final class PodPhase {
  private PodPhase() {}

  static void set(ObjectNode pod, ObjectNode status, List<ObjectNode> states, Instant now) {
    boolean restarts = !Json.text(pod, "spec", "restartPolicy").equals("Never");
    boolean waiting = states.stream().anyMatch(state -> Json.at(state, "state").has("waiting"));
    boolean done =
        states.stream()
            .allMatch(state -> Json.number(state, -1, "state", "terminated", "exitCode") == 0);
    boolean failed =
        !restarts && states.stream().allMatch(state -> Json.at(state, "state").has("terminated"));
    boolean begun = states.stream().anyMatch(PodPhase::begun);
    boolean always = Json.text(pod, "spec", "restartPolicy").equals("Always");
    String phase =
        done && !always
            ? "Succeeded"
            : failed ? "Failed" : waiting && !begun ? "Pending" : "Running";
    status.put("phase", phase);
    String unready =
        states.stream()
            .filter(state -> !Json.flag(state, "ready"))
            .map(state -> Json.text(state, "name"))
            .collect(Collectors.joining(" "));
    boolean over = phase.equals("Succeeded") || phase.equals("Failed");
    String reason = unready.isEmpty() ? "" : over ? "PodCompleted" : "ContainersNotReady";
    String message =
        unready.isEmpty() || over ? "" : "containers with unready status: [" + unready + "]";
    Objects.condition(status, "PodReadyToStartContainers", begun && !over, "", "", now);
    Objects.condition(status, "Initialized", true, over ? "PodCompleted" : "", "", now);
    Objects.condition(status, "Ready", unready.isEmpty(), reason, message, now);
    Objects.condition(status, "ContainersReady", unready.isEmpty(), reason, message, now);
  }

  private static boolean begun(ObjectNode state) {
    return Json.at(state, "state").has("running")
        || Json.at(state, "state").has("terminated")
        || Json.at(state, "lastState").has("terminated");
  }
}
