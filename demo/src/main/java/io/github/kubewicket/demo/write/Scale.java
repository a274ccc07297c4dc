package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.patch.Patch;
import io.github.kubewicket.demo.select.LabelSelector;
import io.github.kubewicket.demo.status.Cause;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Registry;
import io.github.kubewicket.demo.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The scale subresource of Deployments, ReplicaSets and StatefulSets: `autoscaling/v1` `Scale`.
public final class Scale {
  private final Store store;
  private final Registry registry;

  /// Scales through the registry.
  public Scale(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  /// GET.
  public Outcome<ObjectNode> get(Target target) {
    Optional<ObjectNode> found = store.get(target.key());
    return found.isPresent()
        ? Outcome.done(scale(found.get()))
        : Outcome.refused(Status.notFound(target.kind(), target.name()));
  }

  /// PUT.
  public Outcome<ObjectNode> replace(Target target, byte[] body, WriteOptions options) {
    return read(body).then(scale -> apply(target, scale, options));
  }

  /// PATCH.
  public Outcome<ObjectNode> patch(
      Target target, String contentType, byte[] body, WriteOptions options) {
    return get(target)
        .then(scale -> Patch.apply(target.kind(), contentType, body, scale))
        .then(scale -> apply(target, scale, options));
  }

  private Outcome<ObjectNode> apply(Target target, ObjectNode scale, WriteOptions options) {
    Kind kind = target.kind();
    Optional<ObjectNode> stored = store.get(target.key());
    if (stored.isEmpty()) {
      return Outcome.refused(Status.notFound(kind, target.name()));
    }
    ObjectNode before = stored.get();
    String name = Json.text(scale, "metadata", "name");
    if (!name.equals(target.name())) {
      return Outcome.refused(
          Status.badRequest(
              "the name of the object ("
                  + name
                  + ") does not match the name on the URL ("
                  + target.name()
                  + ")"));
    }
    String uid = Json.text(scale, "metadata", "uid");
    String found = Json.text(before, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(found)) {
      return Outcome.refused(Status.otherUid(kind, target.namespace(), target.name(), uid, found));
    }
    String version = Json.text(scale, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
      return Outcome.refused(
          Status.conflict(
              kind,
              target.name(),
              "the object has been modified; please apply your changes to the latest version and"
                  + " try again"));
    }
    JsonNode replicas = Json.at(scale, "spec", "replicas");
    if (!replicas.isMissingNode() && !replicas.isInt()) {
      return Outcome.refused(
          Status.badRequest(
              "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
                  + replicas.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                  + " into Go struct field ScaleSpec.spec.replicas of type int32"));
    }
    int wanted = Json.number(scale, 0, "spec", "replicas");
    if (wanted < 0) {
      Cause cause =
          Cause.invalid(
              "spec.replicas", Integer.toString(wanted), "must be greater than or equal to 0");
      return Outcome.refused(invalid(target.name(), cause));
    }
    ObjectNode after = before.deepCopy();
    Json.child(after, "spec").put("replicas", wanted);
    ObjectNode next = registry.changed(kind, before, after, options.manager(), "scale");
    if (!next.equals(before) && !options.dryRun()) {
      registry.commit(kind, next);
    }
    return Outcome.done(scale(next));
  }

  private static Status invalid(String name, Cause cause) {
    return new Status(
        422,
        "Invalid",
        "Scale.autoscaling \"" + name + "\" is invalid: " + cause.field() + ": " + cause.message(),
        name,
        "autoscaling",
        "Scale",
        List.of(cause));
  }

  private static Outcome<ObjectNode> read(byte[] body) {
    try {
      return Json.MAPPER.readTree(body) instanceof ObjectNode scale
              && Json.text(scale, "kind").equals("Scale")
          ? Outcome.done(scale)
          : Outcome.refused(Status.badRequest("the body is no Scale of autoscaling/v1"));
    } catch (JacksonException e) {
      return Outcome.refused(Status.badRequest("json parse error: " + e.getOriginalMessage()));
    }
  }

  private static ObjectNode scale(ObjectNode workload) {
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.put(field, Json.text(workload, "metadata", field));
    }
    int replicas = Json.number(workload, 0, "spec", "replicas");
    ObjectNode spec = scale.putObject("spec");
    if (replicas > 0) {
      spec.put("replicas", replicas);
    }
    ObjectNode status = scale.putObject("status");
    status.put("replicas", Json.number(workload, 0, "status", "replicas"));
    status.put(
        "selector",
        LabelSelector.of(Json.at(workload, "spec", "selector")).requirements().stream()
            .map(requirement -> requirement.key() + "=" + String.join(",", requirement.values()))
            .collect(Collectors.joining(",")));
    return scale;
  }
}
