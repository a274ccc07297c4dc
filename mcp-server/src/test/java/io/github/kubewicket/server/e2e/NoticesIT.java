package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a person tells the gate besides decisions, with the real program and a real ledger. No
/// cluster is needed.
class NoticesIT {
  @TempDir private Path folder;
  private Installation installation;
  private Person person;

  @BeforeEach
  void install() {
    installation = new Installation(folder, folder.resolve("no-kubeconfig"));
    person = new Person(installation);
  }

  @Test
  void pausesWithoutATerminalAndGoesOnOnlyWithOne() {
    Installation.Ran paused = installation.run("pause", "the storage moves");
    Installation.Ran pending = installation.run("pending");
    Installation.Ran refused = installation.run("resume");
    Person.Screen resumed = person.resume("it has moved");
    Installation.Ran after = installation.run("pending");

    assertThat(paused.status()).as(paused.err()).isZero();
    assertThat(pending.out()).contains("Writes are PAUSED since", "the storage moves");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("needs a person at a terminal");
    assertThat(resumed.status()).as(resumed.text()).isZero();
    assertThat(resumed.text()).contains("the storage moves", "Writes go on");
    assertThat(after.out()).doesNotContain("PAUSED");
    assertThat(entries())
        .extracting(entry -> entry.path("type").asString(""), entry -> body(entry, "reason"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("paused", "the storage moves"),
            org.assertj.core.groups.Tuple.tuple("resumed", "it has moved"));
    assertThat(entries()).extracting(entry -> body(entry, "subject")).containsOnly("*");
    assertThat(entries())
        .extracting(entry -> body(entry, "by"))
        .containsOnly(System.getProperty("user.name"));
  }

  @Test
  void saysWhatElseStopsWritesWhereTheLedgerCannot() throws IOException {
    Files.createDirectories(installation.state());
    Files.writeString(installation.state().resolve("ledger.db"), "no ledger".repeat(1_000));

    Installation.Ran paused = installation.run("pause", "the storage moves");

    assertThat(paused.status()).isEqualTo(1);
    assertThat(paused.err()).contains("Nothing was recorded", "paused:", "tools.yaml");
  }

  @Test
  void resumesNothingWithoutAReason() {
    Installation.Ran paused = installation.run("pause", "the storage moves");

    Person.Screen silent = person.resume("");

    assertThat(paused.status()).isZero();
    assertThat(silent.status()).isEqualTo(1);
    assertThat(installation.run("pending").out()).contains("PAUSED");
  }

  @Test
  void releasesACallerOrAWorkloadOnlyAtATerminal() {
    Installation.Ran refused = installation.run("release", "stdio:agent");
    Person.Screen caller = person.release("it was a typo", "stdio:agent");
    Person.Screen workload = person.release("mended", "--workload", "shop/Deployment/web");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("needs a person at a terminal");
    assertThat(List.of(caller.status(), workload.status())).containsOnly(0);
    assertThat(entries())
        .extracting(entry -> entry.path("type").asString(""))
        .containsOnly("released");
    assertThat(entries())
        .extracting(entry -> body(entry, "subject"))
        .containsExactly("stdio:agent", "shop/Deployment/web");
  }

  @Test
  void refusesWhatIsNoCallerAndNoWorkload() {
    List<Installation.Ran> runs =
        List.of(
            installation.run("release"),
            installation.run("release", "a", "--workload", "shop/Deployment/web"),
            installation.run("release", "*"),
            installation.run("release", "--workload", "web"),
            installation.run("pause", " "));

    assertThat(runs).extracting(Installation.Ran::status).containsOnly(2);
    assertThat(runs).noneMatch(ran -> ran.err().contains("\tat "));
    assertThat(Files.exists(installation.state().resolve("ledger.db"))).isFalse();
  }

  @Test
  void showsTheBudgetsOfAnInstallationThatHasDoneNothing() {
    Installation.Ran limits = installation.run("limits", "--namespace", "shop");

    assertThat(limits.status()).as(limits.err()).isZero();
    assertThat(limits.out().lines().toList())
        .anyMatch(line -> line.matches("budgets\\.restart\\.namespace +3/1h +0 +3 +- +-"));
  }

  private List<JsonNode> entries() {
    return installation
        .run("audit", "export")
        .out()
        .lines()
        .map(line -> KubeApi.JSON.readTree(line))
        .filter(line -> !line.path("type").asString("").isEmpty())
        .toList();
  }

  private static String body(JsonNode entry, String field) {
    return entry.path("body").path(field).asString("");
  }
}
