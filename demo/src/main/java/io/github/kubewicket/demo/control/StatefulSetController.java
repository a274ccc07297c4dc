package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Names;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the pods of a StatefulSet: by ordinal, one after the other, updated from the top.
final class StatefulSetController {
  static final String KIND = "statefulsets.apps";
  private static final String REVISION = "controller-revision-hash";
  private static final String NAME = "statefulset-controller";

  private final World world;
  private final Recorder events;
  private final Kind kind;

  StatefulSetController(World world, Recorder events) {
    this.world = world;
    this.events = events;
    this.kind = world.kinds().of(KIND);
  }

  void run() {
    world.all(KIND).stream().filter(set -> !Objects.ending(set)).forEach(this::sync);
  }

  private void sync(ObjectNode set) {
    String update = Objects.name(set) + "-" + Names.hash(Json.at(set, "spec", "template"));
    boolean ordered = !Json.text(set, "spec", "podManagementPolicy").equals("Parallel");
    boolean settled = true;
    int replicas = Objects.replicas(set);
    for (int i = 0; i < replicas && (settled || !ordered); i++) {
      Optional<ObjectNode> pod = pod(set, i);
      if (pod.isEmpty()) {
        create(set, i, revision(set, i, update));
      } else if (Objects.ending(pod.get()) || Objects.active(pod.get())) {
        settled &= Objects.is(pod.get(), "Ready") && !Objects.ending(pod.get());
        continue;
      } else {
        world.delete("pods", pod.get());
      }
      settled = false;
    }
    List<ObjectNode> extra =
        world.owned("pods", set).stream()
            .filter(pod -> ordinal(pod) >= replicas && !Objects.ending(pod))
            .sorted((one, two) -> ordinal(two) - ordinal(one))
            .toList();
    extra.stream().limit(ordered ? 1 : extra.size()).forEach(pod -> delete(set, pod));
    if (settled && extra.isEmpty()) {
      roll(set, update);
    }
    status(set, update);
  }

  private void roll(ObjectNode set, String update) {
    if (!Json.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
      return;
    }
    int partition = Json.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
    for (int i = Objects.replicas(set) - 1; i >= partition; i--) {
      Optional<ObjectNode> pod = pod(set, i);
      if (pod.isPresent() && !label(pod.get()).equals(update)) {
        delete(set, pod.get());
        return;
      }
    }
  }

  /// Pods below the partition are made again from the current revision.
  private static String revision(ObjectNode set, int ordinal, String update) {
    String current = Json.text(set, "status", "currentRevision");
    int partition = Json.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
    return current.isEmpty() || ordinal >= partition ? update : current;
  }

  private void create(ObjectNode set, int ordinal, String revision) {
    String name = Objects.name(set) + "-" + ordinal;
    ObjectNode pod = Pods.from(set, world.reference(KIND, set));
    ObjectNode metadata = Json.child(pod, "metadata");
    metadata.put("name", name).put("generateName", Objects.name(set) + "-");
    Json.child(metadata, "labels")
        .put(REVISION, revision)
        .put("statefulset.kubernetes.io/pod-name", name)
        .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
    ObjectNode spec = Json.child(pod, "spec");
    spec.put("hostname", name).put("subdomain", Json.text(set, "spec", "serviceName"));
    for (ObjectNode claim : Json.objects(set, "spec", "volumeClaimTemplates")) {
      claim(set, claim, name, spec);
    }
    world
        .create("pods", pod)
        .ifPresent(made ->
            events.normal(
                kind,
                set,
                NAME,
                "SuccessfulCreate",
                "create Pod " + name + " in StatefulSet " + Objects.name(set) + " successful"));
  }

  private void claim(ObjectNode set, ObjectNode template, String pod, ObjectNode spec) {
    String volume = Json.text(template, "metadata", "name");
    String name = volume + "-" + pod;
    Key key = new Key("persistentvolumeclaims", Objects.namespace(set), name);
    if (world.store().get(key).isEmpty()) {
      ObjectNode claim = template.deepCopy();
      Json.child(claim, "metadata").put("name", name).put("namespace", Objects.namespace(set));
      Json.child(claim, "metadata")
          .set("labels", Json.at(set, "spec", "selector", "matchLabels").deepCopy());
      world.create("persistentvolumeclaims", claim);
    }
    ObjectNode mounted =
        (spec.path("volumes").isArray()
                ? spec.withArrayProperty("volumes")
                : spec.putArray("volumes"))
            .addObject();
    mounted.put("name", volume);
    Json.child(mounted, "persistentVolumeClaim").put("claimName", name);
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    world.delete("pods", pod);
    events.normal(
        kind,
        set,
        NAME,
        "SuccessfulDelete",
        "delete Pod " + Objects.name(pod) + " in StatefulSet " + Objects.name(set) + " successful");
  }

  private void status(ObjectNode set, String update) {
    List<ObjectNode> pods = world.owned("pods", set);
    int wait = Json.number(set, 0, "spec", "minReadySeconds");
    ObjectNode status = Json.object();
    status.put("observedGeneration", Json.number(set, 0, "metadata", "generation"));
    status.put("replicas", pods.size());
    int ready =
        (int) pods.stream().filter(pod -> Objects.is(pod, "Ready") && !Objects.ending(pod)).count();
    Objects.put(status, "readyReplicas", ready);
    int updated = (int) pods.stream().filter(pod -> label(pod).equals(update)).count();
    String current = Json.text(set, "status", "currentRevision");
    boolean complete =
        current.isEmpty()
            || (updated == Objects.replicas(set) && ready == updated && pods.size() == updated);
    String effective = complete ? update : current;
    Objects.put(
        status,
        "currentReplicas",
        (int) pods.stream().filter(pod -> label(pod).equals(effective)).count());
    Objects.put(status, "updatedReplicas", updated);
    status.put("currentRevision", effective).put("updateRevision", update);
    status.put("collisionCount", 0);
    status.put(
        "availableReplicas",
        (int)
            pods.stream()
                .filter(pod -> !Objects.ending(pod))
                .filter(pod -> Objects.available(pod, wait, world.now()))
                .count());
    world.status(KIND, set, status, World.CONTROLLER);
  }

  private Optional<ObjectNode> pod(ObjectNode set, int ordinal) {
    return world
        .store()
        .get(new Key("pods", Objects.namespace(set), Objects.name(set) + "-" + ordinal))
        .filter(pod -> Objects.owner(pod, Objects.uid(set)));
  }

  private static String label(ObjectNode pod) {
    return Json.text(pod, "metadata", "labels", REVISION);
  }

  private static int ordinal(ObjectNode pod) {
    String name = Objects.name(pod);
    String last = name.substring(name.lastIndexOf('-') + 1);
    return last.matches("[0-9]{1,6}") ? Integer.parseInt(last) : -1;
  }
}
