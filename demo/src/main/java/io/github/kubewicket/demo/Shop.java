package io.github.kubewicket.demo;

import io.github.kubewicket.demo.control.Controllers;
import io.github.kubewicket.demo.control.World;
import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.write.Target;
import io.github.kubewicket.demo.write.Update;
import io.github.kubewicket.demo.write.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A small shop with a past. It is set up three days ago and works; eight minutes ago somebody
/// renamed the database's host in `checkout-config` to one that does not exist and rolled
/// `checkout` out; four minutes ago somebody started a backup by hand. The controllers live through
/// all of it, so every status, event and restart count is their own work.
final class Shop {
  private static final WriteOptions KUBECTL = new WriteOptions(false, "kubectl-client-side-apply");
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /// The namespace `kube-system` names the cluster by its UID; the demo is always the same cluster.
  private static final String CLUSTER = "de300000-0000-4000-8000-6b7562657769";

  /// Fine enough for the crashes and their back-offs.
  private static final Duration STEP = Duration.ofSeconds(10);

  private final World world;
  private final Update update;
  private final Controllers controllers;
  private final MovableClock clock;
  private final JsonNode file = Json.resource(Shop.class, "shop.json");

  Shop(World world, Update update, Controllers controllers, MovableClock clock) {
    this.world = world;
    this.update = update;
    this.controllers = controllers;
    this.clock = clock;
  }

  /// Lets the past happen, and leaves the clock at the present.
  void open(Instant now) {
    Instant start = now.minus(Duration.ofDays(3));
    clock.put(start);
    cluster();
    file.path("setup").forEach(this::create);
    live(start, Duration.ofSeconds(8), Duration.ofSeconds(2));
    Instant lastNight = lastBackup(now);
    clock.put(lastNight);
    job(lastNight, false);
    live(lastNight, Duration.ofSeconds(2), Duration.ofSeconds(1));
    clock.put(lastNight.plus(Duration.ofMinutes(31)));
    controllers.step();
    Instant fault = now.minus(Duration.ofMinutes(8));
    clock.put(fault);
    file.path("fault").forEach(this::patch);
    live(fault, Duration.ofMinutes(4), STEP);
    clock.put(fault.plus(Duration.ofMinutes(4)));
    job(now.minus(Duration.ofMinutes(4)), true);
    live(fault.plus(Duration.ofMinutes(4)), Duration.ofMinutes(4), STEP);
    clock.follow();
    controllers.step();
  }

  /// The last time that the schedule `0 2 * * *` came due, at least an hour ago.
  private static Instant lastBackup(Instant now) {
    Instant tonight = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(2));
    return tonight.isAfter(now.minus(Duration.ofHours(1)))
        ? tonight.minus(Duration.ofDays(1))
        : tonight;
  }

  private void live(Instant from, Duration time, Duration step) {
    for (Duration at = Duration.ZERO; at.compareTo(time) <= 0; at = at.plus(step)) {
      clock.put(from.plus(at));
      controllers.step();
    }
  }

  private void cluster() {
    for (String name : new String[] {"kube-system", "default"}) {
      Kind kind = world.kinds().of("namespaces");
      ObjectNode namespace = Json.object();
      ObjectNode metadata = Json.child(namespace, "metadata").put("name", name);
      if (name.equals("kube-system")) {
        metadata.put("uid", CLUSTER);
      }
      Json.child(metadata, "labels").put("kubernetes.io/metadata.name", name);
      Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
      Json.child(namespace, "status").put("phase", "Active");
      world.registry().commit(kind, world.registry().born(kind, namespace, "kube-apiserver"));
    }
    for (JsonNode entry : file.path("cluster")) {
      Kind kind = kind(entry);
      ObjectNode object = (ObjectNode) entry.deepCopy();
      world.registry().commit(kind, world.registry().born(kind, object, "kubelet"));
    }
  }

  private void create(JsonNode entry) {
    ObjectNode object = (ObjectNode) entry.deepCopy();
    String applied = object.toString() + "\n";
    Json.child(object, "metadata", "annotations").put(LAST_APPLIED, applied);
    Kind kind = kind(object);
    must(world.creation().create(target(kind, object), object, KUBECTL));
  }

  private void patch(JsonNode entry) {
    Kind kind = kind(entry);
    Target target = target(kind, (ObjectNode) entry);
    Target named = new Target(kind, target.namespace(), Json.text(entry, "metadata", "name"), "");
    byte[] body = entry.toString().getBytes(StandardCharsets.UTF_8);
    must(update.patch(named, "application/strategic-merge-patch+json", body, KUBECTL));
  }

  /// A run of the CronJob, as `kubectl create job --from` makes it, or the schedule.
  private void job(Instant at, boolean byHand) {
    Kind cronKind = world.kinds().of("cronjobs.batch");
    ObjectNode cron =
        world.store().list("cronjobs.batch", "shop").stream().findFirst().orElseThrow();
    ObjectNode job = Json.object();
    ObjectNode metadata = Json.child(job, "metadata").put("namespace", "shop");
    metadata.put("name", "db-backup-" + at.getEpochSecond() / 60);
    Json.child(metadata, "labels").put("app", "db-backup");
    ObjectNode owner = metadata.putArray("ownerReferences").addObject();
    owner.put("apiVersion", cronKind.apiVersion()).put("kind", cronKind.name());
    owner.put("name", "db-backup").put("uid", Json.text(cron, "metadata", "uid"));
    owner.put("controller", true).put("blockOwnerDeletion", true);
    if (byHand) {
      Json.child(metadata, "annotations").put("cronjob.kubernetes.io/instantiate", "manual");
    } else {
      ObjectNode after = cron.deepCopy();
      Json.child(after, "status").put("lastScheduleTime", Json.time(at));
      world.registry().commit(cronKind, after);
    }
    job.set("spec", Json.at(cron, "spec", "jobTemplate", "spec").deepCopy());
    Kind kind = world.kinds().of("jobs.batch");
    WriteOptions options =
        byHand ? new WriteOptions(false, "kubectl-create") : new WriteOptions(false, "cronjob");
    must(world.creation().create(target(kind, job), job, options));
  }

  private Kind kind(JsonNode object) {
    return world
        .kinds()
        .named(Json.text(object, "apiVersion"), Json.text(object, "kind"))
        .orElseThrow();
  }

  private static Target target(Kind kind, ObjectNode object) {
    return new Target(
        kind, kind.namespaced() ? Json.text(object, "metadata", "namespace") : "", "", "");
  }

  private static void must(Outcome<ObjectNode> outcome) {
    if (outcome instanceof Outcome.Refused<ObjectNode> refused) {
      throw new IllegalStateException("shop.json: " + refused.status().message());
    }
  }
}
