package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Rolls Deployments out: one ReplicaSet per template, the new one up as fast as the surge allows,
/// the old ones down as far as availability allows (`pkg/controller/deployment/rolling.go`).
final class DeploymentController {
  static final String KIND = "deployments.apps";
  private static final String SETS = ReplicaSetController.KIND;
  private static final String NAME = "deployment-controller";

  private final World world;
  private final Recorder events;
  private final Kind kind;
  private final DeploymentStatus status;

  DeploymentController(World world, Recorder events) {
    this.world = world;
    this.events = events;
    this.kind = world.kinds().of(KIND);
    this.status = new DeploymentStatus(world);
  }

  void run() {
    for (ObjectNode deployment : world.all(KIND)) {
      sync(deployment);
    }
  }

  private void sync(ObjectNode deployment) {
    if (Objects.ending(deployment)) {
      return;
    }
    Rollout rollout = rollout(deployment);
    if (Json.flag(deployment, "spec", "paused")) {
      proportion(rollout);
    } else {
      newSet(rollout);
      rollout = rollout(deployment);
      if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
        recreate(rollout);
      } else {
        roll(rollout);
      }
      clean(rollout(deployment));
    }
    world.fresh(KIND, deployment).ifPresent(now -> status.update(rollout(now)));
  }

  private Rollout rollout(ObjectNode deployment) {
    return Rollout.of(deployment, world.owned(SETS, deployment));
  }

  private void newSet(Rollout rollout) {
    int revision = rollout.highestOldRevision() + 1;
    ObjectNode deployment = rollout.deployment();
    if (rollout.current().isEmpty()) {
      ObjectNode set = NewReplicaSet.of(rollout, world.reference(KIND, deployment), revision);
      int first = Math.max(0, room(rollout, 0));
      Json.child(set, "spec").put("replicas", first);
      world.create(SETS, set).ifPresent(made -> scaled(deployment, made, 0, first));
    } else if (Rollout.revision(rollout.current().get()) < revision) {
      ObjectNode set = rollout.current().get();
      ObjectNode again = set.deepCopy();
      Json.child(again, "metadata", "annotations")
          .put(Rollout.REVISION, Integer.toString(revision));
      world.update(SETS, set, again, World.CONTROLLER);
    } else {
      revision = Rollout.revision(rollout.current().get());
    }
    if (Rollout.revision(deployment) != revision) {
      ObjectNode marked = deployment.deepCopy();
      Json.child(marked, "metadata", "annotations")
          .put(Rollout.REVISION, Integer.toString(revision));
      world.update(KIND, deployment, marked, World.CONTROLLER);
    }
  }

  /// How many pods the new set may have, given what all sets have.
  private static int room(Rollout rollout, int now) {
    boolean recreate =
        Json.text(rollout.deployment(), "spec", "strategy", "type").equals("Recreate");
    if (recreate) {
      return Rollout.sum(rollout.old(), "status", "replicas") == 0 ? rollout.desired() : now;
    }
    int total = Rollout.sum(rollout.sets(), "spec", "replicas");
    int free = rollout.desired() + rollout.maxSurge() - total;
    return Math.min(rollout.desired(), now + Math.max(0, free));
  }

  private void roll(Rollout rollout) {
    if (rollout.current().isEmpty()) {
      return;
    }
    ObjectNode current = rollout.current().get();
    int now = Objects.replicas(current);
    int wanted = now > rollout.desired() ? rollout.desired() : room(rollout, now);
    scale(rollout.deployment(), current, wanted);
    shrink(rollout(rollout.deployment()));
  }

  private void shrink(Rollout rollout) {
    if (rollout.current().isEmpty()) {
      return;
    }
    ObjectNode current = rollout.current().get();
    int minimum = rollout.desired() - rollout.maxUnavailable();
    int newUnavailable =
        Objects.replicas(current) - Json.number(current, 0, "status", "availableReplicas");
    int may =
        Rollout.sum(rollout.sets(), "spec", "replicas") - minimum - Math.max(0, newUnavailable);
    List<ObjectNode> old = new ArrayList<>();
    for (ObjectNode set : rollout.old()) {
      int unhealthy = Objects.replicas(set) - Json.number(set, 0, "status", "availableReplicas");
      int drop = Math.clamp(may, 0, Math.max(0, unhealthy));
      may -= drop;
      old.add(scale(rollout.deployment(), set, Objects.replicas(set) - drop));
    }
    List<ObjectNode> all = new ArrayList<>(old);
    all.add(current);
    int spare = Rollout.sum(all, "status", "availableReplicas") - minimum;
    for (ObjectNode set : old) {
      int drop = Math.clamp(Math.min(spare, may), 0, Objects.replicas(set));
      spare -= drop;
      may -= drop;
      scale(rollout.deployment(), set, Objects.replicas(set) - drop);
    }
  }

  private void recreate(Rollout rollout) {
    rollout.old().forEach(set -> scale(rollout.deployment(), set, 0));
    boolean gone = rollout.old().stream().allMatch(set -> world.owned("pods", set).isEmpty());
    if (gone) {
      rollout.current().ifPresent(set -> scale(rollout.deployment(), set, rollout.desired()));
    }
  }

  /// A paused Deployment is still scaled: the newest set that has pods takes the difference.
  private void proportion(Rollout rollout) {
    int difference = rollout.desired() - Rollout.sum(rollout.sets(), "spec", "replicas");
    rollout.sets().stream()
        .filter(set -> Objects.replicas(set) > 0 || rollout.isCurrent(set))
        .max(Comparator.comparingInt(Rollout::revision))
        .ifPresent(set ->
            scale(rollout.deployment(), set, Math.max(0, Objects.replicas(set) + difference)));
  }

  private void clean(Rollout rollout) {
    int keep = Json.number(rollout.deployment(), 10, "spec", "revisionHistoryLimit");
    List<ObjectNode> idle =
        rollout.old().stream()
            .filter(
                set -> Objects.replicas(set) == 0 && Json.number(set, 0, "status", "replicas") == 0)
            .sorted(Comparator.comparingInt(Rollout::revision))
            .toList();
    idle.stream().limit(Math.max(0, idle.size() - keep)).forEach(set -> world.delete(SETS, set));
  }

  private ObjectNode scale(ObjectNode deployment, ObjectNode set, int replicas) {
    int before = Objects.replicas(set);
    if (before == replicas && NewReplicaSet.annotated(set, deployment)) {
      return set;
    }
    ObjectNode after = set.deepCopy();
    Json.child(after, "spec").put("replicas", replicas);
    NewReplicaSet.annotate(Json.child(after, "metadata", "annotations"), deployment);
    ObjectNode stored = world.update(SETS, set, after, World.CONTROLLER);
    if (before != replicas) {
      scaled(deployment, set, before, replicas);
    }
    return stored;
  }

  private void scaled(ObjectNode deployment, ObjectNode set, int from, int to) {
    if (from != to) {
      events.normal(
          kind,
          deployment,
          NAME,
          "ScalingReplicaSet",
          "Scaled "
              + (to > from ? "up" : "down")
              + " replica set "
              + Objects.name(set)
              + " from "
              + from
              + " to "
              + to);
    }
  }
}
