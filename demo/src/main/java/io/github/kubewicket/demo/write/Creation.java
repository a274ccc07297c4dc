package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.status.Cause;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Names;
import io.github.kubewicket.demo.store.Registry;
import io.github.kubewicket.demo.store.Store;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Makes new objects.
public final class Creation {
  private final Store store;
  private final Kinds kinds;
  private final Registry registry;
  private final RandomGenerator random;

  /// Creates through the registry.
  public Creation(Store store, Kinds kinds, Registry registry, RandomGenerator random) {
    this.store = store;
    this.kinds = kinds;
    this.registry = registry;
    this.random = random;
  }

  /// The body of a POST as a new object.
  public Outcome<ObjectNode> create(Target target, byte[] body, WriteOptions options) {
    return Types.read(target.kind(), body).then(object -> create(target, object, options));
  }

  /// The given object as a new one; the argument is left alone.
  public Outcome<ObjectNode> create(Target target, ObjectNode given, WriteOptions options) {
    Kind kind = target.kind();
    ObjectNode object = given.deepCopy();
    ObjectNode metadata = Json.child(object, "metadata");
    String namespace = Json.text(metadata, "namespace");
    if (kind.namespaced() && !namespace.isEmpty() && !namespace.equals(target.namespace())) {
      return Outcome.refused(
          Status.badRequest(
              "the namespace of the provided object does not match the namespace sent on the"
                  + " request"));
    }
    if (kind.namespaced()) {
      metadata.put("namespace", target.namespace());
    }
    String prefix = Json.text(metadata, "generateName");
    if (!metadata.has("name") && !prefix.isEmpty()) {
      metadata.put("name", prefix + Names.suffix(random));
    }
    String name = Json.text(metadata, "name");
    metadata.put("uid", Names.uid(random));
    if (!kind.storedAs().equals("namespaces")) {
      object.remove("status");
    }
    Defaults.apply(kind, object);
    if (kind.storedAs().equals("services") && !Json.child(object, "spec").has("clusterIP")) {
      address(Json.child(object, "spec"));
    }
    List<Cause> causes = Validation.of(kind, object);
    if (!causes.isEmpty()) {
      return Outcome.refused(Status.invalid(kind, name, causes));
    }
    if (store.get(Key.of(kind, object)).isPresent()) {
      return Outcome.refused(Status.alreadyExists(kind, name));
    }
    if (kind.namespaced() && !exists(target.namespace())) {
      return Outcome.refused(Status.notFound(kinds.of("namespaces"), target.namespace()));
    }
    if (store.full()) {
      return Outcome.refused(
          Status.internal("the demo holds at most " + Store.MAX_OBJECTS + " objects"));
    }
    ObjectNode born = registry.born(kind, object, options.manager());
    return Outcome.done(options.dryRun() ? born : registry.commit(kind, born));
  }

  private boolean exists(String namespace) {
    return store.get(new Key("namespaces", "", namespace)).isPresent();
  }

  private void address(ObjectNode spec) {
    String address = "10.96." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    spec.put("clusterIP", address);
    spec.putArray("clusterIPs").add(address);
    spec.putArray("ipFamilies").add("IPv4");
    spec.put("ipFamilyPolicy", "SingleStack");
  }
}
