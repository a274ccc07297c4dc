package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.patch.Patch;
import io.github.kubewicket.demo.status.Cause;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Registry;
import io.github.kubewicket.demo.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes existing objects: PUT and PATCH, of the object or of its status.
public final class Update {
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";
  private static final List<String> SERVERS =
      List.of(
          "uid",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "resourceVersion",
          "name",
          "namespace");

  private final Store store;
  private final Registry registry;

  /// Writes through the registry.
  public Update(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  /// PUT.
  public Outcome<ObjectNode> replace(Target target, byte[] body, WriteOptions options) {
    return Types.read(target.kind(), body)
        .then(object -> find(target).then(before -> apply(target, before, object, options, false)));
  }

  /// PATCH.
  ///
  /// @param contentType says which of the three formats
  public Outcome<ObjectNode> patch(
      Target target, String contentType, byte[] body, WriteOptions options) {
    return find(target)
        .then(before ->
            Patch.apply(target.kind(), contentType, body, before)
                .then(patched -> checked(target.kind(), patched))
                .then(patched -> apply(target, before, patched, options, true)));
  }

  private static Outcome<ObjectNode> checked(Kind kind, ObjectNode patched) {
    return switch (Types.check(kind, patched)) {
      case Outcome.Done<ObjectNode> done -> done;
      case Outcome.Refused<ObjectNode>(Status status) ->
          Outcome.refused(Status.wrongAfterPatch(patched.toString(), status.message()));
    };
  }

  private Outcome<ObjectNode> find(Target target) {
    Optional<ObjectNode> found = store.get(target.key());
    return found.isPresent()
        ? Outcome.done(found.get())
        : Outcome.refused(Status.notFound(target.kind(), target.name()));
  }

  private Outcome<ObjectNode> apply(
      Target target, ObjectNode before, ObjectNode given, WriteOptions options, boolean patch) {
    Kind kind = target.kind();
    ObjectNode after = given.deepCopy();
    Status refusal = precondition(target, before, after, patch);
    if (refusal != null) {
      return Outcome.refused(refusal);
    }
    keep(target, before, after);
    Defaults.apply(kind, after);
    List<Cause> causes = new ArrayList<>(Validation.of(kind, after));
    causes.addAll(Immutable.of(kind, before, after));
    if (!causes.isEmpty()) {
      return Outcome.refused(Status.invalid(kind, target.name(), causes));
    }
    ObjectNode next =
        registry.changed(kind, before, after, options.manager(), target.subresource());
    if (options.dryRun() || next.equals(before)) {
      return Outcome.done(next);
    }
    boolean gone =
        Json.at(next, "metadata").has("deletionTimestamp")
            && !kind.storedAs().equals("pods")
            && Json.at(next, "metadata", "finalizers").isEmpty();
    if (gone) {
      store.remove(target.key());
      return Outcome.done(next);
    }
    return Outcome.done(registry.commit(kind, next));
  }

  private static @Nullable Status precondition(
      Target target, ObjectNode before, ObjectNode after, boolean patch) {
    Kind kind = target.kind();
    String name = Json.text(after, "metadata", "name");
    if (!name.equals(target.name())) {
      return Status.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + target.name()
              + ")");
    }
    String namespace = Json.text(after, "metadata", "namespace");
    if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
      return Status.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    String uid = Json.text(before, "metadata", "uid");
    String wanted = Json.text(after, "metadata", "uid");
    if (!wanted.isEmpty() && !wanted.equals(uid)) {
      return patch
          ? Status.invalid(
              kind,
              name,
              List.of(Cause.invalid("metadata.uid", "\"" + wanted + "\"", "field is immutable")))
          : Status.otherUid(kind, target.namespace(), name, wanted, uid);
    }
    String version = Json.text(after, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
      return Status.conflict(kind, name, MODIFIED);
    }
    return null;
  }

  /// Puts back what this request may not change.
  private static void keep(Target target, ObjectNode before, ObjectNode after) {
    after.put("kind", target.kind().name()).put("apiVersion", target.kind().apiVersion());
    ObjectNode metadata = Json.child(after, "metadata");
    metadata.remove(SERVERS);
    for (String field : SERVERS) {
      JsonNode value = Json.at(before, "metadata", field);
      if (!value.isMissingNode()) {
        metadata.set(field, value);
      }
    }
    if (target.subresource().equals("status")) {
      for (String field : List.copyOf(after.propertyNames())) {
        if (!field.equals("status") && !field.equals("metadata")) {
          after.remove(field);
        }
      }
      before
          .properties()
          .forEach(field -> {
            if (!field.getKey().equals("status") && !field.getKey().equals("metadata")) {
              after.set(field.getKey(), field.getValue().deepCopy());
            }
          });
    } else if (target.kind().subresources().contains("status")) {
      after.remove("status");
      if (before.has("status")) {
        after.set("status", before.path("status").deepCopy());
      }
    }
  }
}
