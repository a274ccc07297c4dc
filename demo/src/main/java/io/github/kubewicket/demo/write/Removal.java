package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Store;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// DELETE of one object: preconditions, dry run, and the answer that a client expects.
public final class Removal {
  private final Store store;
  private final Deletion deletion;

  /// Deletes from the store.
  public Removal(Store store, Deletion deletion) {
    this.store = store;
    this.deletion = deletion;
  }

  /// Deletes the object.
  ///
  /// @return the object while it ends gracefully, else a `Status` of success
  public Outcome<ObjectNode> delete(Target target, DeleteOptions options) {
    Kind kind = target.kind();
    Optional<ObjectNode> found = store.get(target.key());
    if (found.isEmpty()) {
      return Outcome.refused(Status.notFound(kind, target.name()));
    }
    if (kind.verbs().contains("delete")) {
      return options
          .admits(kind, found.get())
          .then(object -> Outcome.done(answer(kind, object, remove(kind, object, options))));
    }
    return Outcome.refused(Status.methodNotAllowed());
  }

  private ObjectNode remove(Kind kind, ObjectNode object, DeleteOptions options) {
    if (options.dryRun()) {
      return kind.storedAs().equals("pods") ? deletion.marked(object, options.grace()) : object;
    }
    boolean orphan = options.propagation().equals("Orphan");
    return deletion.delete(kind, object, orphan, options.grace());
  }

  private static ObjectNode answer(Kind kind, ObjectNode object, ObjectNode ending) {
    if (kind.storedAs().equals("pods") || Json.at(ending, "metadata").has("deletionTimestamp")) {
      return ending;
    }
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details");
    details.put("name", Json.text(object, "metadata", "name"));
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.plural()).put("uid", Json.text(object, "metadata", "uid"));
    return status;
  }
}
