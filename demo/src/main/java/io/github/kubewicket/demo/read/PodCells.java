package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cells of a pod's row.
final class PodCells {
  private PodCells() {}

  static JsonNode of(String cell, ObjectNode pod, Instant now) {
    List<ObjectNode> states = Json.objects(pod, "status", "containerStatuses");
    return Cells.text(
        switch (cell) {
          case "podReady" ->
              states.stream().filter(PodCells::ready).count()
                  + "/"
                  + Json.at(pod, "spec", "containers").size();
          case "podStatus" -> status(pod, states);
          case "podRestarts" -> restarts(states, now);
          case "podIp" -> Cells.or(Json.at(pod, "status", "podIP"), "<none>");
          default -> Cells.or(Json.at(pod, "spec", "nodeName"), "<none>");
        });
  }

  private static String status(ObjectNode pod, List<ObjectNode> states) {
    if (Json.at(pod, "metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    String own = Json.text(pod, "status", "reason");
    String reason = own.isEmpty() ? Json.text(pod, "status", "phase") : own;
    boolean running = false;
    for (ObjectNode state : states.reversed()) {
      String waiting = Json.text(state, "state", "waiting", "reason");
      String ended = Json.text(state, "state", "terminated", "reason");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (!ended.isEmpty()) {
        reason = ended;
      } else if (Json.at(state, "state").has("terminated")) {
        reason = "ExitCode:" + Json.number(state, 0, "state", "terminated", "exitCode");
      } else {
        running |= ready(state);
      }
    }
    return reason.equals("Completed") && running ? "Running" : reason;
  }

  private static String restarts(List<ObjectNode> states, Instant now) {
    int sum = states.stream().mapToInt(state -> Json.number(state, 0, "restartCount")).sum();
    Optional<Instant> last =
        states.stream()
            .flatMap(state -> Json.time(state, "lastState", "terminated", "finishedAt").stream())
            .max(Instant::compareTo);
    return sum > 0 && last.isPresent()
        ? sum + " (" + Ages.since(last, now, "") + " ago)"
        : Integer.toString(sum);
  }

  private static boolean ready(ObjectNode state) {
    return Json.flag(state, "ready") && Json.at(state, "state").has("running");
  }
}
