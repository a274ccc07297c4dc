package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Registry;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Creation;
import io.github.kubewicket.demo.write.Deletion;
import io.github.kubewicket.demo.write.Target;
import io.github.kubewicket.demo.write.WriteOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// What every controller needs: to read, to write as itself, the time.
///
/// @param store of all objects
/// @param kinds that exist
/// @param registry through which writes go
/// @param creation of objects
/// @param deletion of objects
/// @param clock of the whole demo
/// @param random for names
public record World(
    Store store,
    Kinds kinds,
    Registry registry,
    Creation creation,
    Deletion deletion,
    InstantSource clock,
    RandomGenerator random) {

  static final String CONTROLLER = "kube-controller-manager";

  Instant now() {
    return clock.instant();
  }

  List<ObjectNode> all(String resource) {
    return store.list(resource, "");
  }

  List<ObjectNode> in(String resource, ObjectNode neighbour) {
    return store.list(resource, Objects.namespace(neighbour));
  }

  /// Objects whose controller is the given one, oldest name first.
  List<ObjectNode> owned(String resource, ObjectNode owner) {
    String uid = Objects.uid(owner);
    return in(resource, owner).stream().filter(child -> Objects.owner(child, uid)).toList();
  }

  /// The object as it is now.
  Optional<ObjectNode> fresh(String resource, ObjectNode object) {
    return store.get(new Key(resource, Objects.namespace(object), Objects.name(object)));
  }

  /// Creates; a refusal (the store is full, the namespace is gone) is not an error of the
  /// controller, it tries again later.
  Optional<ObjectNode> create(String resource, ObjectNode object) {
    Kind kind = kinds.of(resource);
    Target target = new Target(kind, Objects.namespace(object), "", "");
    return switch (creation.create(target, object, new WriteOptions(false, CONTROLLER))) {
      case Outcome.Done<ObjectNode>(ObjectNode made) -> Optional.of(made);
      case Outcome.Refused<ObjectNode> refused -> Optional.empty();
    };
  }

  /// Stores a changed copy; nothing happens when it is equal.
  ObjectNode update(String resource, ObjectNode before, ObjectNode after, String manager) {
    return write(resource, before, after, manager, "");
  }

  /// Stores a copy with another status; nothing happens when it is equal.
  ObjectNode status(String resource, ObjectNode before, ObjectNode status, String manager) {
    if (status.equals(before.path("status"))) {
      return before;
    }
    ObjectNode after = before.deepCopy();
    after.set("status", status);
    return write(resource, before, after, manager, "status");
  }

  /// Deletes, pods gracefully.
  void delete(String resource, ObjectNode object) {
    deletion.delete(kinds.of(resource), object, false, -1);
  }

  private ObjectNode write(
      String resource, ObjectNode before, ObjectNode after, String manager, String subresource) {
    Kind kind = kinds.of(resource);
    ObjectNode next = registry.changed(kind, before, after, manager, subresource);
    return next.equals(before) ? before : registry.commit(kind, next);
  }

  /// A controller's owner reference.
  ObjectNode reference(String resource, ObjectNode owner) {
    Kind kind = kinds.of(resource);
    ObjectNode reference = Json.object();
    reference.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
    reference.put("name", Objects.name(owner)).put("uid", Objects.uid(owner));
    return reference.put("controller", true).put("blockOwnerDeletion", true);
  }
}
