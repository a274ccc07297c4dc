package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Column;
import io.github.kubewicket.demo.kind.Kind;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as they go over the wire.
///
/// @param kind under which they are shown
/// @param form that the client wants
/// @param includeObject `None`, `Metadata` or `Object`: what a table's rows carry
/// @param now for the ages in tables
public record Representation(Kind kind, Form form, String includeObject, Instant now) {
  /// One object.
  public ObjectNode one(ObjectNode stored) {
    return switch (form) {
      case OBJECT, UNKNOWN -> EventView.of(kind, stored);
      case METADATA -> metadata(stored);
      case TABLE -> table(List.of(stored), Json.object(), true);
    };
  }

  /// A list of objects.
  ///
  /// @param metadata of the list: revision, continuation
  public ObjectNode list(List<ObjectNode> stored, ObjectNode metadata) {
    if (form == Form.TABLE) {
      return table(stored, metadata, true);
    }
    ObjectNode list = Json.object();
    if (form == Form.METADATA) {
      list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
    } else {
      list.put("kind", kind.name() + "List").put("apiVersion", kind.apiVersion());
    }
    list.set("metadata", metadata);
    ArrayNode items = list.putArray("items");
    stored.forEach(object -> items.add(item(object)));
    return list;
  }

  /// One object inside a watch.
  ///
  /// @param first whether it is the first one; only that one's table has column definitions
  public ObjectNode watched(ObjectNode stored, boolean first) {
    return form == Form.TABLE ? table(List.of(stored), Json.object(), first) : one(stored);
  }

  /// Items of built-in lists carry no kind; items of custom resources do.
  private ObjectNode item(ObjectNode stored) {
    if (form == Form.METADATA) {
      return metadata(stored);
    }
    ObjectNode view = EventView.of(kind, stored);
    if (kind.custom()) {
      return view;
    }
    ObjectNode item = Json.object();
    view.properties()
        .forEach(field -> {
          if (!field.getKey().equals("kind") && !field.getKey().equals("apiVersion")) {
            item.set(field.getKey(), field.getValue());
          }
        });
    return item;
  }

  private static ObjectNode metadata(ObjectNode stored) {
    ObjectNode partial = Json.object();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", stored.path("metadata"));
    return partial;
  }

  private ObjectNode table(List<ObjectNode> stored, ObjectNode metadata, boolean columns) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    if (metadata.isEmpty() && stored.size() == 1) {
      metadata.put("resourceVersion", Json.text(stored.getFirst(), "metadata", "resourceVersion"));
    }
    table.set("metadata", metadata);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns ? kind.columns() : List.<Column>of()) {
      ObjectNode definition = definitions.addObject();
      definition.put("name", column.name()).put("type", column.type());
      definition.put("format", column.format()).put("description", column.description());
      definition.put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : stored) {
      row(rows.addObject(), object);
    }
    return table;
  }

  private void row(ObjectNode row, ObjectNode object) {
    ArrayNode cells = row.putArray("cells");
    kind.columns().forEach(column -> cells.add(Cells.of(column, object, now)));
    String phase = Json.text(object, "status", "phase");
    if (kind.name().equals("Pod") && (phase.equals("Succeeded") || phase.equals("Failed"))) {
      ObjectNode condition = row.putArray("conditions").addObject();
      condition.put("type", "Completed").put("status", "True").put("reason", phase);
      condition.put(
          "message",
          phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.");
    }
    switch (includeObject) {
      case "None" -> row.putNull("object");
      case "Object" -> row.set("object", EventView.of(kind, object));
      default -> row.set("object", metadata(object));
    }
  }
}
