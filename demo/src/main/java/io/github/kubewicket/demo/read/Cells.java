package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Column;
import io.github.kubewicket.demo.select.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cells of tables: what `pkg/printers/internalversion` prints. A cell is a JSON pointer, or
/// `@` and a name, possibly with pointers after colons.
final class Cells {
  private Cells() {}

  static JsonNode of(Column column, ObjectNode object, Instant now) {
    String cell = column.cell();
    if (!cell.startsWith("@")) {
      JsonNode value = object.at(cell);
      return value.isValueNode() && !value.isMissingNode() && !value.isNull()
          ? value
          : Json.NODES.stringNode("");
    }
    String[] parts = cell.substring(1).split(":", -1);
    JsonNode at = parts.length > 1 && parts[1].startsWith("/") ? object.at(parts[1]) : object;
    return switch (parts[0]) {
      case "age" -> text(age(object, now, "metadata", "creationTimestamp"));
      case "since" -> text(Ages.since(Json.time(at), now, "<none>"));
      case "none" -> text(or(at, "<none>"));
      case "unset" -> text(or(at, "<unset>"));
      case "na" -> text(or(at, "N/A"));
      case "zero" -> Json.NODES.numberNode(Json.number(at, 0));
      case "boolean" -> text(Json.flag(at) ? "True" : "False");
      case "count" -> Json.NODES.numberNode(count(object, parts));
      case "labels" -> text(labels(at));
      case "selector" -> text(selector(at));
      case "containers" -> text(join(at, "name"));
      case "images" -> text(join(at, "image"));
      case "ready" ->
          text(
              Json.number(object, 0, "status", "readyReplicas")
                  + "/"
                  + Json.number(object, 0, "spec", "replicas"));
      case "accessModes" -> text(modes(object));
      case "servicePorts" -> text(ports(object));
      default ->
          parts[0].startsWith("pod")
              ? PodCells.of(parts[0], object, now)
              : MoreCells.of(parts, object, now);
    };
  }

  static JsonNode text(String text) {
    return Json.NODES.stringNode(text);
  }

  static String age(ObjectNode object, Instant now, String... path) {
    return Ages.since(Json.time(object, path), now, "<unknown>");
  }

  static String or(JsonNode value, String otherwise) {
    String text = Json.text(value);
    return text.isEmpty() ? otherwise : text;
  }

  private static int count(ObjectNode object, String[] parts) {
    int sum = 0;
    for (int i = 1; i < parts.length; i++) {
      sum += object.at(parts[i]).size();
    }
    return sum;
  }

  private static String labels(JsonNode labels) {
    String text =
        labels.properties().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().asString())
            .sorted()
            .collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String selector(JsonNode selector) {
    if (selector.isMissingNode()) {
      return "<none>";
    }
    String text =
        LabelSelector.of(selector).requirements().stream()
            .map(one -> one.key() + "=" + String.join(",", one.values()))
            .collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String join(JsonNode template, String field) {
    return Json.objects(template, "spec", "containers").stream()
        .map(container -> Json.text(container, field))
        .collect(Collectors.joining(","));
  }

  private static String modes(ObjectNode claim) {
    List<String> short3 =
        Json.at(claim, "status", "accessModes")
            .valueStream()
            .map(mode ->
                switch (mode.asString()) {
                  case "ReadWriteOnce" -> "RWO";
                  case "ReadOnlyMany" -> "ROX";
                  case "ReadWriteMany" -> "RWX";
                  default -> "RWOP";
                })
            .toList();
    return String.join(",", short3);
  }

  private static String ports(ObjectNode service) {
    String text =
        Json.objects(service, "spec", "ports").stream()
            .map(port -> Json.text(port, "port") + "/" + Json.text(port, "protocol"))
            .collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }
}
