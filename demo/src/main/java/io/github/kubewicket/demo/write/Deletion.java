package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Removes an object and what it owns. Pods end gracefully: they are marked, and the kubelet
/// removes them.
public final class Deletion {
  private final Store store;
  private final Kinds kinds;
  private final InstantSource clock;

  /// Removes from the store.
  public Deletion(Store store, Kinds kinds, InstantSource clock) {
    this.store = store;
    this.kinds = kinds;
    this.clock = clock;
  }

  /// Removes the object.
  ///
  /// @param orphan leave what it owns, without an owner
  /// @param grace seconds for pods; negative takes the pod's own
  /// @return the object as it is while it ends, or as it was
  public ObjectNode delete(Kind kind, ObjectNode object, boolean orphan, int grace) {
    Key key = Key.of(kind, object);
    if (kind.storedAs().equals("pods")) {
      ObjectNode marked = marked(object, grace);
      if (!marked.has("metadata") || !Json.at(marked, "metadata").has("deletionTimestamp")) {
        store.remove(key);
        return object;
      }
      return marked.equals(object) ? object : store.put(key, marked);
    }
    String uid = Json.text(object, "metadata", "uid");
    if (!Json.at(object, "metadata", "finalizers").isEmpty()) {
      ObjectNode waiting = object.deepCopy();
      Json.child(waiting, "metadata").put("deletionTimestamp", Json.time(clock.instant()));
      return Json.at(object, "metadata").has("deletionTimestamp")
          ? object
          : store.put(key, waiting);
    }
    store.remove(key);
    if (kind.storedAs().equals("namespaces")) {
      store.keysIn(key.name()).forEach(store::remove);
    }
    for (Kind other : kinds.all()) {
      if (other.storedAs().equals(other.resource())) {
        cascade(other, key.namespace(), uid, orphan, grace);
      }
    }
    return object;
  }

  /// The pod as it is while it ends; without a deletion time when it goes at once.
  ObjectNode marked(ObjectNode pod, int grace) {
    int seconds =
        grace >= 0 ? grace : Json.number(pod, 30, "spec", "terminationGracePeriodSeconds");
    boolean ended =
        switch (Json.text(pod, "status", "phase")) {
          case "Succeeded", "Failed" -> true;
          default -> Json.text(pod, "spec", "nodeName").isEmpty();
        };
    ObjectNode marked = pod.deepCopy();
    ObjectNode metadata = Json.child(marked, "metadata");
    if (seconds == 0 || ended) {
      metadata.remove("deletionTimestamp");
    } else if (!metadata.has("deletionTimestamp")) {
      metadata.put(
          "deletionTimestamp", Json.time(clock.instant().plus(Duration.ofSeconds(seconds))));
      metadata.put("deletionGracePeriodSeconds", seconds);
    }
    return marked;
  }

  private void cascade(Kind kind, String namespace, String uid, boolean orphan, int grace) {
    for (ObjectNode child : store.list(kind.storedAs(), kind.namespaced() ? namespace : "")) {
      ArrayNode rest = Json.array();
      boolean owned = false;
      for (JsonNode owner : Json.at(child, "metadata", "ownerReferences")) {
        boolean mine = Json.text(owner, "uid").equals(uid);
        owned |= mine;
        if (!mine) {
          rest.add(owner);
        }
      }
      if (owned && orphan) {
        ObjectNode freed = child.deepCopy();
        Json.child(freed, "metadata").set("ownerReferences", rest);
        store.put(Key.of(kind, freed), freed);
      } else if (owned) {
        delete(kind, child, false, grace);
      }
    }
  }
}
