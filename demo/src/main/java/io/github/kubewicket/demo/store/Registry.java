package io.github.kubewicket.demo.store;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server itself writes into objects: identity, generation, who owns which field. The
/// preparing methods store nothing, so that a dry run shows the same as the write would.
public final class Registry {
  private static final List<String> BOOKKEEPING = List.of("managedFields", "resourceVersion");
  private static final List<String> NO_GENERATION = List.of("metadata", "status");

  private static final List<String> ORDER =
      List.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// Uses the store, the clock for times and the random numbers for UIDs.
  public Registry(Store store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /// A new object with its identity; not stored, the argument left alone.
  public ObjectNode born(Kind kind, ObjectNode body, String manager) {
    ObjectNode object = Json.object();
    object.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
    object.setAll(body.deepCopy());
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.remove(
        List.of(
            "resourceVersion",
            "managedFields",
            "generation",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds"));
    if (!metadata.has("uid")) {
      metadata.put("uid", Names.uid(random));
    }
    metadata.put("creationTimestamp", Json.time(clock.instant()));
    if (kind.generations()) {
      metadata.put("generation", 1);
    }
    own(kind, Json.object(), object, manager, "");
    return object;
  }

  /// The object as it will be after a write; not stored. The same object as before where nothing
  /// but bookkeeping differs.
  ///
  /// @param after may be changed by this method
  /// @param subresource empty for the object itself
  public ObjectNode changed(
      Kind kind, ObjectNode before, ObjectNode after, String manager, String subresource) {
    if (same(before, after)) {
      return before;
    }
    ObjectNode metadata = Json.child(after, "metadata");
    if (kind.generations() && !equalBut(before, after, NO_GENERATION)) {
      metadata.put("generation", Json.number(before, 0, "metadata", "generation") + 1);
    }
    JsonNode fields = Json.at(before, "metadata", "managedFields");
    if (fields.isArray()) {
      metadata.set("managedFields", fields.deepCopy());
    }
    own(kind, before, after, manager, subresource);
    return after;
  }

  /// Stores a prepared object.
  public ObjectNode commit(Kind kind, ObjectNode object) {
    return store.put(Key.of(kind, object), object);
  }

  private static boolean same(ObjectNode one, ObjectNode other) {
    return equalBut(one, other, List.of("metadata"))
        && equalBut(one.path("metadata"), other.path("metadata"), BOOKKEEPING);
  }

  private static boolean equalBut(JsonNode one, JsonNode other, List<String> ignored) {
    return covers(one, other, ignored) && covers(other, one, ignored);
  }

  private static boolean covers(JsonNode one, JsonNode other, List<String> ignored) {
    for (Map.Entry<String, JsonNode> field : one.properties()) {
      if (!ignored.contains(field.getKey())
          && !field.getValue().equals(other.path(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private void own(
      Kind kind, ObjectNode before, ObjectNode after, String manager, String subresource) {
    ObjectNode taken = FieldTree.changed(before, after);
    ArrayNode entries = Json.array();
    ObjectNode mine = null;
    for (ObjectNode entry : Json.objects(after, "metadata", "managedFields")) {
      ObjectNode fields = Json.child(entry, "fieldsV1");
      boolean same =
          Json.text(entry, "manager").equals(manager)
              && Json.text(entry, "subresource").equals(subresource)
              && Json.text(entry, "operation").equals("Update");
      if (!same) {
        FieldTree.subtract(fields, taken);
      }
      FieldTree.retain(fields, "", after);
      if (same) {
        mine = entry;
        entries.add(entry);
      } else if (!fields.isEmpty()) {
        entries.add(entry);
      }
    }
    if (!taken.isEmpty()) {
      if (mine == null) {
        mine = entries.addObject();
      }
      FieldTree.add(Json.child(mine, "fieldsV1"), taken);
      ObjectNode fields = Json.child(mine, "fieldsV1").deepCopy();
      mine.removeAll();
      mine.put("manager", manager).put("operation", "Update");
      mine.put("apiVersion", kind.apiVersion()).put("time", Json.time(clock.instant()));
      mine.put("fieldsType", "FieldsV1").set("fieldsV1", fields);
      if (!subresource.isEmpty()) {
        mine.put("subresource", subresource);
      }
    }
    ObjectNode metadata = Json.child(after, "metadata");
    metadata.set("managedFields", entries);
    order(metadata);
  }

  /// The API server's order of the fields; the others come last.
  private static void order(ObjectNode metadata) {
    ObjectNode copy = metadata.deepCopy();
    metadata.removeAll();
    for (String field : ORDER) {
      if (copy.has(field)) {
        metadata.set(field, copy.remove(field));
      }
    }
    metadata.setAll(copy);
  }
}
