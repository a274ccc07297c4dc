package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cells of nodes, events, jobs and autoscalers.
final class MoreCells {
  private static final String ROLE = "node-role.kubernetes.io/";

  private MoreCells() {}

  static JsonNode of(String[] cell, ObjectNode object, Instant now) {
    if (cell[0].equals("eventCount")) {
      return Json.NODES.numberNode(Json.number(object, 1, "count"));
    }
    return Cells.text(
        switch (cell[0]) {
          case "nodeStatus" -> nodeStatus(object);
          case "nodeRoles" -> roles(object);
          case "nodeAddress" -> address(object, cell[1]);
          case "eventLast" -> Cells.age(object, now, "lastTimestamp");
          case "eventFirst" -> Cells.age(object, now, "firstTimestamp");

          case "eventObject" ->
              Json.text(object, "involvedObject", "kind").toLowerCase(Locale.ROOT)
                  + "/"
                  + Json.text(object, "involvedObject", "name");
          case "eventSource" -> source(object);
          case "jobStatus" -> jobStatus(object);
          case "jobCompletions" ->
              Json.number(object, 0, "status", "succeeded")
                  + "/"
                  + Json.number(object, 1, "spec", "completions");
          case "jobDuration" -> jobDuration(object, now);
          case "hpaReference" ->
              Json.text(object, "spec", "scaleTargetRef", "kind")
                  + "/"
                  + Json.text(object, "spec", "scaleTargetRef", "name");
          case "hpaTargets" -> targets(object);
          default -> "<unknown>";
        });
  }

  private static String nodeStatus(ObjectNode node) {
    String ready =
        Json.first(node, one -> Json.text(one, "type").equals("Ready"), "status", "conditions")
            .map(one -> Json.text(one, "status").equals("True") ? "Ready" : "NotReady")
            .orElse("Unknown");
    return Json.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(ObjectNode node) {
    String roles =
        Json.at(node, "metadata", "labels")
            .propertyStream()
            .map(java.util.Map.Entry::getKey)
            .filter(label -> label.startsWith(ROLE))
            .map(label -> label.substring(ROLE.length()))
            .sorted()
            .collect(Collectors.joining(","));
    return roles.isEmpty() ? "<none>" : roles;
  }

  private static String address(ObjectNode node, String type) {
    return Json.first(node, one -> Json.text(one, "type").equals(type), "status", "addresses")
        .map(one -> Json.text(one, "address"))
        .orElse("<none>");
  }

  private static String source(ObjectNode event) {
    String component = Json.text(event, "source", "component");
    String host = Json.text(event, "source", "host");
    return host.isEmpty() ? component : component + ", " + host;
  }

  private static String jobStatus(ObjectNode job) {
    for (String type : new String[] {"Complete", "Failed", "Suspended"}) {
      boolean holds =
          Json.first(
                  job,
                  one ->
                      Json.text(one, "type").equals(type)
                          && Json.text(one, "status").equals("True"),
                  "status",
                  "conditions")
              .isPresent();
      if (holds) {
        return type;
      }
    }
    return "Running";
  }

  private static String jobDuration(ObjectNode job, Instant now) {
    Instant end = Json.time(job, "status", "completionTime").orElse(now);
    return Json.time(job, "status", "startTime")
        .map(start -> Ages.of(Duration.between(start, end)))
        .orElse("");
  }

  private static String targets(ObjectNode scaler) {
    return Json.objects(scaler, "spec", "metrics").stream()
        .map(metric ->
            Json.text(metric, "resource", "name")
                + ": "
                + Json.first(scaler, any -> true, "status", "currentMetrics")
                    .map(one -> Json.text(one, "resource", "current", "averageUtilization"))
                    .map(value -> value + "%")
                    .orElse("<unknown>")
                + "/"
                + Json.text(metric, "resource", "target", "averageUtilization")
                + "%")
        .collect(Collectors.joining(", "));
  }
}
