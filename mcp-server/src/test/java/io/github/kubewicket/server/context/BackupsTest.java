package io.github.kubewicket.server.context;

import static io.github.kubewicket.server.context.Shopfloor.seen;
import static io.github.kubewicket.server.context.Shopfloor.what;
import static io.github.kubewicket.server.context.Shopfloor.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupsTest {
  private final Shopfloor shop = new Shopfloor();
  private final FakeView cluster = shop.cluster;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "its name | {name: nightly-Backup-1} | {template: {spec: {containers: [{name: m}]}}} | true",
        "a label | {name: j, labels: {job: db-dump}} | {template: {spec: {containers: [{name: m}]}}} | true",
        "a label of its pods | {name: j} | {template: {metadata: {labels: {a: snapshotter}}, spec: {containers: [{name: m}]}}} | true",
        "its CronJob | {name: j, ownerReferences: [{kind: CronJob, name: backup, uid: u, controller: true}]} | {} | true",
        "nothing | {name: report} | {template: {spec: {containers: [{name: backup}]}}} | false",
        "suspended | {name: backup} | {suspend: true} | false",
      })
  void knowsARunningBackupBy(String by, String metadata, String spec, boolean found) {
    cluster.put(
        "{apiVersion: batch/v1, kind: Job, metadata: " + metadata + ", spec: " + spec + "}");

    List<Activity> backups = seen(shop.aroundWeb().backups());

    assertThat(backups).as(by).hasSize(found ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"Complete,True,0", "Failed,True,0", "Complete,False,1", "Suspended,True,1"})
  void aJobRunsUntilAConditionSaysThatItIsFinished(String type, String status, int running) {
    cluster.put(
        "{apiVersion: batch/v1, kind: Job, metadata: {name: backup},"
            + " status: {startTime: '2026-03-01T02:00:00Z', conditions: [{type: %s, status: '%s'}]}}"
                .formatted(type, status));

    List<Activity> backups = seen(shop.aroundWeb().backups());

    assertThat(backups).hasSize(running);
    assertThat(backups)
        .allMatch(backup -> backup.from().equals(Instant.parse("2026-03-01T02:00:00Z")));
  }

  @Test
  void handsTheForecastWhatTheCronJobDidBefore() {
    List<CronPlan> asked = new ArrayList<>();
    shop.forecastWith((plan, margin, now) -> {
      asked.add(plan);
      return Known.of(
          List.of(
              new Activity(
                  "CronJob/" + plan.name(), "schedule", true, now, Optional.empty(), Set.of())));
    });
    cluster.put(
        """
        {apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly-backup},
         spec: {schedule: '0 2 * * *', timeZone: Europe/Berlin}}
        """);
    cluster.put("{apiVersion: batch/v1, kind: CronJob, metadata: {name: report}}");
    cluster.put(job("done", "CronJob-nightly-backup", "completionTime: '2026-02-28T01:30:00Z',"));
    cluster.put(job("failed", "CronJob-nightly-backup", ""));
    cluster.put(job("another", "CronJob-report", "completionTime: '2026-02-28T01:30:00Z',"));

    Known<List<Activity>> backups = shop.aroundWeb().backups();

    assertThat(what(backups)).contains("CronJob/nightly-backup");
    assertThat(asked)
        .containsExactly(
            new CronPlan(
                "nightly-backup",
                "0 2 * * *",
                ZoneId.of("Europe/Berlin"),
                false,
                List.of(
                    new CronPlan.PastRun(
                        Instant.parse("2026-02-28T01:00:00Z"), Duration.ofMinutes(30))),
                Set.of()));
  }

  @Test
  void takesUtcWhereACronJobNamesNoZoneAndNothingWhereItIsUnknown() {
    List<CronPlan> asked = new ArrayList<>();
    shop.forecastWith((plan, margin, now) -> {
      asked.add(plan);
      return Known.of(List.of());
    });
    cluster.put("{apiVersion: batch/v1, kind: CronJob, metadata: {name: backup}}");

    shop.aroundWeb();
    cluster.put(
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: backup2},"
            + " spec: {timeZone: Mars/Base}}");

    assertThat(asked).extracting(CronPlan::zone).containsExactly(ZoneOffset.UTC);
    assertThat(why(shop.aroundWeb().backups()))
        .contains("CronJob/backup2: its time zone is not known here");
  }

  @Test
  void aScheduleThatNobodyUnderstandsIsUnknown() {
    cluster.put(
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: backup},"
            + " spec: {schedule: 'every night'}}");

    Known<List<Activity>> backups = shop.aroundWeb().backups();

    assertThat(why(backups)).startsWith("When CronJob/backup starts cannot be told");
  }

  @Test
  void foreseesTheRunThatIsDueAndWhomItConcerns() {
    cluster.put(Shopfloor.database());
    cluster.put(
        """
        {apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly-backup}, spec: {schedule: '30 2 * * *',
          jobTemplate: {spec: {template: {spec: {containers: [{name: m, args: [-h, db]}]}}}}}}
        """);

    List<Activity> backups =
        seen(shop.around(Shopfloor.web(), Shopfloor.backupsReaching(Reach.WORKLOAD)).backups());

    assertThat(backups)
        .extracting(Activity::from)
        .containsExactly(
            Instant.parse("2026-03-01T02:15:00Z"), Instant.parse("2026-03-02T02:15:00Z"));
    assertThat(backups).allMatch(Activity::predicted);
    assertThat(backups).allMatch(backup -> backup.concerns().equals(Set.of("StatefulSet/db")));
  }

  @Test
  void anExpressionThatIsNoneIsUnknown() {
    ContextSettings usual = ContextSettings.USUAL;
    ContextSettings wrong =
        new ContextSettings(
            true,
            "(backup",
            Reach.NAMESPACE,
            true,
            usual.backupMargin(),
            usual.deployments(),
            false,
            true);

    Known<List<Activity>> backups = shop.around(Shopfloor.web(), wrong).backups();

    assertThat(why(backups)).contains("no regular expression");
  }

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql.cnpg.io/v1 Backup backups | phase | running | true",
        "postgresql.cnpg.io/v1 Backup backups | phase | completed | false",
        "pxc.percona.com/v1 PerconaXtraDBClusterBackup perconaxtradbclusterbackups | state | Running | true",
        "pxc.percona.com/v1 PerconaXtraDBClusterBackup perconaxtradbclusterbackups | state | Succeeded | false",
        "psmdb.percona.com/v1 PerconaServerMongoDBBackup perconaservermongodbbackups | state | requested | true",
        "psmdb.percona.com/v1 PerconaServerMongoDBBackup perconaservermongodbbackups | state | ready | false",
        "pgv2.percona.com/v2 PerconaPGBackup perconapgbackups | state | Starting | true",
        "pgv2.percona.com/v2 PerconaPGBackup perconapgbackups | state | Failed | false",
        "medusa.k8ssandra.io/v1alpha1 MedusaBackupJob medusabackupjobs | startTime | 2026-03-01T02:00:00Z | true",
        "medusa.k8ssandra.io/v1alpha1 MedusaBackupJob medusabackupjobs | finishTime | 2026-03-01T02:00:00Z | false",
        "snapshot.storage.k8s.io/v1 VolumeSnapshot volumesnapshots | readyToUse | false | true",
        "snapshot.storage.k8s.io/v1 VolumeSnapshot volumesnapshots | readyToUse | true | false",
        "velero.io/v1 Backup backups | phase | InProgress | true",
        "velero.io/v1 Backup backups | phase | PartiallyFailed | false",
      })
  void knowsTheBackupsOfOperators(String kind, String field, String value, boolean running) {
    String[] parts = kind.split(" ", -1);
    cluster.serve(parts[0], parts[1], parts[2], true);
    cluster.put(
        "{apiVersion: %s, kind: %s, metadata: {name: b}, status: {%s: %s}}"
            .formatted(parts[0], parts[1], field, value));

    List<Activity> backups = seen(shop.aroundWeb().backups());

    assertThat(backups).hasSize(running ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | true",
        "{includedNamespaces: ['*']} | true",
        "{includedNamespaces: [shop]} | true",
        "{includedNamespaces: ['sh*p']} | true",
        "{includedNamespaces: [web]} | false",
        "{excludedNamespaces: [shop]} | false",
        "{includedNamespaces: ['*'], excludedNamespaces: ['s???']} | false",
      })
  void aVeleroBackupConcernsTheNamespacesThatItIncludes(String spec, boolean included) {
    cluster.serve("velero.io/v1", "Backup", "backups", true);
    cluster.put(
        "{apiVersion: velero.io/v1, kind: Backup, metadata: {name: b, namespace: velero}, spec: "
            + spec
            + "}");

    List<Activity> backups = seen(shop.aroundWeb().backups());

    assertThat(backups).hasSize(included ? 1 : 0);
  }

  @Test
  void aSnapshotThatFailedLongAgoIsNotTriedAnyMore() {
    cluster.serve("snapshot.storage.k8s.io/v1", "VolumeSnapshot", "volumesnapshots", true);
    for (String created : List.of("2026-03-01T02:00:00Z", "2026-02-01T02:00:00Z")) {
      cluster.put(
          "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: s-%s,"
                  .formatted(created.substring(0, 7))
              + " creationTimestamp: '%s'}, status: {error: {message: no}}}".formatted(created));
    }

    assertThat(what(shop.aroundWeb().backups())).containsExactly("VolumeSnapshot/s-2026-03");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing is known | [{name: m}] | [] | ",
        "names the StatefulSet | [{name: m, command: [pg_dump, -h, db]}] | [] | StatefulSet/db",
        "names a pod of it | [{name: m, args: ['postgres://db-0.x/shop']}] | [] | StatefulSet/db",
        "names its Service | [{name: m, env: [{name: H, value: db-headless}]}] | [] | StatefulSet/db",
        "only a part of a word | [{name: m, args: [dbx, adb, db-old]}] | [] | ",
        "shares a Secret | [{name: m, env: [{name: H, value: db}], envFrom: [{secretRef: {name: web-login}}]}] | [] | StatefulSet/db Deployment/web",
        "environment elsewhere | [{name: m, envFrom: [{secretRef: {name: web-login}}]}] | [] | ",
        "mounts a Secret | [{name: m}] | [{name: v, secret: {secretName: web-login}}] | Deployment/web",
        "shares a claim | [{name: m}] | [{name: v, persistentVolumeClaim: {claimName: data-db-0}}] | StatefulSet/db",
        "another claim | [{name: m}] | [{name: v, persistentVolumeClaim: {claimName: data-db-x}}] | ",
      })
  void aBackupConcernsTheWorkloadsThat(
      String name, String containers, String volumes, String concerned) {
    cluster.put(Shopfloor.database());
    cluster.put(
        "{apiVersion: batch/v1, kind: Job, metadata: {name: backup}, spec: {template: {spec:"
            + " {containers: %s, volumes: %s}}}}".formatted(containers, volumes));

    Activity backup =
        seen(shop.around(Shopfloor.web(), Shopfloor.backupsReaching(Reach.WORKLOAD)).backups())
            .getFirst();

    assertThat(backup.concerns())
        .as(name)
        .isEqualTo(concerned == null ? Set.of() : Set.of(concerned.split(" ", -1)));
  }

  @Test
  void aBackupConcernsTheWholeNamespaceUnlessThePolicySaysOtherwise() {
    cluster.put(Shopfloor.database());
    cluster.put(
        "{apiVersion: batch/v1, kind: Job, metadata: {name: backup}, spec: {template: {spec:"
            + " {containers: [{name: m, args: [db]}]}}}}");

    Activity backup = seen(shop.aroundWeb().backups()).getFirst();

    assertThat(backup.concerns("Deployment/web")).isTrue();
    assertThat(backup.concerns()).isEmpty();
  }

  @Test
  void aWorkloadOfAKindThatWasNotLookedAtIsConcerned() {
    cluster.serve("example.com/v1", "Widget", "widgets", true, "scale");
    cluster.put("{apiVersion: example.com/v1, kind: Widget, metadata: {name: lamp}}");
    cluster.put(Shopfloor.database());
    cluster.put(
        "{apiVersion: batch/v1, kind: Job, metadata: {name: backup}, spec: {template: {spec:"
            + " {containers: [{name: m, args: [db]}]}}}}");

    Activity backup =
        seen(shop.around(
                    Shopfloor.target("example.com/v1", "Widget", "lamp"),
                    Shopfloor.backupsReaching(Reach.WORKLOAD))
                .backups())
            .getFirst();

    assertThat(backup.concerns()).containsExactlyInAnyOrder("StatefulSet/db", "Widget/lamp");
  }

  private static String job(String name, String owner, String end) {
    return """
    {apiVersion: batch/v1, kind: Job, metadata: {name: %s, ownerReferences: [
      {kind: CronJob, name: nightly, uid: %s, controller: true}]},
     status: {startTime: '2026-02-28T01:00:00Z', %s conditions: [{type: Complete, status: 'True'}]}}
    """
        .formatted(name, owner, end);
  }
}
