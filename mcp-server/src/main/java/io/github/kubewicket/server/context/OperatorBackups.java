package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Backups that are objects of an operator: whatever is not known to have ended runs.
final class OperatorBackups {
  /// How long a snapshot that reports an error is still taken to be tried.
  private static final Duration TRIED = Duration.ofHours(1);

  /// An operator's backups.
  ///
  /// @param resource plural and group
  /// @param source what it is called
  /// @param state the field of `status` that tells how far it is
  /// @param ended the values, in lower case, with which it is over
  private record Operator(String resource, String source, String state, Set<String> ended) {}

  /// CloudNativePG `api/v1/backup_types.go`; Percona's operators `pkg/apis/*/v1*/*backup_types.go`.
  private static final List<Operator> OPERATORS =
      List.of(
          new Operator(
              "backups.postgresql.cnpg.io",
              "cloudnative-pg",
              "phase",
              Set.of("completed", "failed")),
          new Operator(
              "perconaxtradbclusterbackups.pxc.percona.com",
              "percona xtradb",
              "state",
              Set.of("succeeded", "failed", "error")),
          new Operator(
              "perconaservermongodbbackups.psmdb.percona.com",
              "percona mongodb",
              "state",
              Set.of("ready", "rejected", "error")),
          new Operator(
              "perconapgbackups.pgv2.percona.com",
              "percona postgresql",
              "state",
              Set.of("succeeded", "failed")));

  /// Velero `pkg/apis/velero/v1/backup_types.go`.
  private static final Set<String> VELERO_ENDED =
      Set.of("completed", "partiallyfailed", "failed", "failedvalidation", "deleting");

  private final Inquiry inquiry;
  private final Concerns concerns;
  private final Instant now;

  OperatorBackups(Inquiry inquiry, Concerns concerns, Instant now) {
    this.inquiry = inquiry;
    this.concerns = concerns;
    this.now = now;
  }

  /// Of the database operators.
  List<Activity> databases() {
    List<Activity> running = new ArrayList<>();
    for (Operator operator : OPERATORS) {
      for (ObjectNode backup : inquiry.list(operator.resource())) {
        if (!operator.ended().contains(state(backup, operator.state()))) {
          running.add(activity(backup, operator.source(), Set.of()));
        }
      }
    }
    return running;
  }

  /// Of K8ssandra's Medusa, which tells the end only by its time.
  List<Activity> medusa() {
    return inquiry.list("medusabackupjobs.medusa.k8ssandra.io").stream()
        .filter(backup -> backup.path("status").path("finishTime").asString("").isEmpty())
        .map(backup -> activity(backup, "medusa", Set.of()))
        .toList();
  }

  /// VolumeSnapshots that cannot be used yet.
  List<Activity> snapshots() {
    List<Activity> running = new ArrayList<>();
    for (ObjectNode snapshot : inquiry.list("volumesnapshots.snapshot.storage.k8s.io")) {
      JsonNode status = snapshot.path("status");
      boolean givenUp =
          status.path("error").isObject()
              && Moments.created(snapshot, now).isBefore(now.minus(TRIED));
      if (!status.path("readyToUse").asBoolean(false) && !givenUp) {
        String claim =
            snapshot.path("spec").path("source").path("persistentVolumeClaimName").asString("");
        running.add(activity(snapshot, "VolumeSnapshot", concerns.ofClaim(claim)));
      }
    }
    return running;
  }

  /// Velero's, wherever they are kept, that include the namespace.
  List<Activity> velero() {
    return inquiry.everywhere("backups.velero.io").stream()
        .filter(backup -> !VELERO_ENDED.contains(state(backup, "phase")))
        .filter(backup -> includes(backup.path("spec"), inquiry.namespace()))
        .map(backup -> activity(backup, "velero", Set.of()))
        .toList();
  }

  private static boolean includes(JsonNode spec, String namespace) {
    JsonNode included = spec.path("includedNamespaces");
    return (included.isEmpty() || holds(included, namespace))
        && !holds(spec.path("excludedNamespaces"), namespace);
  }

  private static boolean holds(JsonNode patterns, String namespace) {
    for (JsonNode pattern : patterns) {
      if (Globs.matches(pattern.asString(""), namespace)) {
        return true;
      }
    }
    return false;
  }

  private Activity activity(ObjectNode backup, String source, Set<String> concerned) {
    JsonNode status = backup.path("status");
    Instant from =
        Moments.of(status.path("startTimestamp"))
            .or(() -> Moments.of(status.path("startedAt")))
            .or(() -> Moments.of(status.path("startTime")))
            .orElseGet(() -> Moments.created(backup, now));
    return new Activity(Ref.of(backup), source, false, from, Optional.empty(), concerned);
  }

  private static String state(JsonNode backup, String field) {
    return backup.path("status").path(field).asString("").toLowerCase(Locale.ROOT);
  }
}
