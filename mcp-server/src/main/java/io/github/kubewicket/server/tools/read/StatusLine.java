package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Says in a few words how an object is, from the fields of `status` that many kinds share.
final class StatusLine {
  private static final int LONGEST = 240;
  private static final Set<String> GOOD_WHEN_FALSE =
      Set.of(
          "MemoryPressure",
          "DiskPressure",
          "PIDPressure",
          "NetworkUnavailable",
          "ReplicaFailure",
          "Failed",
          "FailureTarget",
          "Stalled",
          "Suspended",
          "DisruptionTarget");

  private StatusLine() {}

  /// The words; empty where the status says nothing.
  static String of(JsonNode object) {
    JsonNode status = object.path("status");
    List<String> words = new ArrayList<>();
    if (object.path("metadata").has("deletionTimestamp")) {
      words.add("being deleted");
    }
    String phase = status.path("phase").asString("");
    if (!phase.isEmpty()) {
      words.add(phase);
    }
    replicas(object, status, words);
    int ready = 0;
    for (JsonNode container : status.path("containerStatuses")) {
      ready += container.path("ready").asBoolean(false) ? 1 : 0;
      container(container, words);
    }
    if (!status.path("containerStatuses").isEmpty()) {
      words.add(ready + "/" + status.path("containerStatuses").size() + " containers ready");
    }
    for (JsonNode condition : status.path("conditions")) {
      String type = condition.path("type").asString("");
      boolean alarming = GOOD_WHEN_FALSE.contains(type);
      String value = condition.path("status").asString("");
      if (value.equals(alarming ? "True" : "False")) {
        String reason = condition.path("reason").asString("");
        words.add(type + " is " + value + (reason.isEmpty() ? "" : " (" + reason + ")"));
      }
    }
    return Untrusted.line(String.join(", ", words), LONGEST);
  }

  private static void replicas(JsonNode object, JsonNode status, List<String> words) {
    JsonNode wanted = object.path("spec").path("replicas");
    if (wanted.isNumber()) {
      words.add(status.path("readyReplicas").asInt(0) + "/" + wanted.asInt() + " ready");
    } else if (status.path("desiredNumberScheduled").isNumber()) {
      words.add(
          status.path("numberReady").asInt(0)
              + "/"
              + status.path("desiredNumberScheduled").asInt()
              + " ready");
    }
  }

  private static void container(JsonNode container, List<String> words) {
    String name = container.path("name").asString("");
    String waiting = container.path("state").path("waiting").path("reason").asString("");
    JsonNode ended = container.path("state").path("terminated");
    JsonNode before = container.path("lastState").path("terminated");
    if (!waiting.isEmpty()) {
      words.add("container " + name + " waits: " + waiting);
    } else if (ended.isObject() && ended.path("exitCode").asInt(0) != 0) {
      words.add("container " + name + " ended with code " + ended.path("exitCode").asInt(0));
    }
    int restarts = container.path("restartCount").asInt(0);
    if (restarts > 0) {
      words.add(
          "container "
              + name
              + " restarted "
              + restarts
              + " times"
              + (before.isObject()
                  ? " (last: "
                      + before.path("reason").asString("?")
                      + ", code "
                      + before.path("exitCode").asInt(0)
                      + ")"
                  : ""));
    }
  }
}
