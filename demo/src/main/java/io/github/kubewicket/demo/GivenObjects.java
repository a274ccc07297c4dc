package io.github.kubewicket.demo;

import io.github.kubewicket.demo.control.World;
import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.write.Defaults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects that are put into the store just as they are given, status included. What an API server
/// would have added is added: defaults, a UID (always the same for the same name), a
/// `creationTimestamp` a day ago, the UIDs of owners, namespaces that nobody gave.
final class GivenObjects {
  private static final Duration AGE = Duration.ofDays(1);

  private final World world;
  private final Instant now;
  private final Map<String, String> uids = new HashMap<>();

  GivenObjects(World world, Instant now) {
    this.world = world;
    this.now = now;
  }

  void put(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      String uid = Json.text(object, "metadata", "uid");
      if (!uid.isEmpty()) {
        uids.put(name(object, object, Json.text(object, "metadata", "name")), uid);
      }
    }
    for (String namespace : List.of("kube-system", "default")) {
      store(namespace(namespace));
    }
    for (ObjectNode object : objects) {
      String namespace = Json.text(object, "metadata", "namespace");
      if (!namespace.isEmpty()) {
        store(namespace(namespace));
      }
    }
    objects.forEach(object -> store(object.deepCopy()));
  }

  private static ObjectNode namespace(String name) {
    ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    Json.child(namespace, "metadata").put("name", name);
    Json.child(namespace, "status").put("phase", "Active");
    return namespace;
  }

  private void store(ObjectNode object) {
    Kind kind =
        world
            .kinds()
            .named(Json.text(object, "apiVersion"), Json.text(object, "kind"))
            .orElseThrow(
                () -> new IllegalArgumentException(Json.text(object, "kind") + " is no kind here"));
    ObjectNode given = Json.child(object, "metadata").deepCopy();
    String name = Json.text(given, "name");
    Defaults.apply(kind, object);
    Json.child(object, "metadata").put("uid", uid(object, object, name));
    for (ObjectNode owner : Json.objects(object, "metadata", "ownerReferences")) {
      if (Json.text(owner, "uid").isEmpty()) {
        owner.put("uid", uid(owner, object, Json.text(owner, "name")));
      }
    }
    if (kind.name().equals("Namespace")) {
      Json.child(object, "metadata", "labels").put("kubernetes.io/metadata.name", name);
    }
    ObjectNode born = world.registry().born(kind, object, "kubectl");
    ObjectNode metadata = Json.child(born, "metadata");
    metadata.put("creationTimestamp", Json.time(now.minus(AGE)));
    for (String kept : List.of("creationTimestamp", "generation", "deletionTimestamp")) {
      JsonNode value = given.path(kept);
      if (!value.isMissingNode()) {
        metadata.set(kept, value);
      }
    }
    world.registry().commit(kind, born);
  }

  /// @param neighbour an object in whose namespace it is
  private String uid(ObjectNode object, ObjectNode neighbour, String name) {
    String full = name(object, neighbour, name);
    return uids.computeIfAbsent(
        full, _ -> UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private static String name(ObjectNode object, ObjectNode neighbour, String name) {
    return String.join(
        "\n",
        Json.text(object, "apiVersion"),
        Json.text(object, "kind"),
        Json.text(neighbour, "metadata", "namespace"),
        name);
  }
}
