package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Somebody who can write to the ledger's file tampers with it, triggers and all, after real
/// changes were recorded. `kubewicket audit verify` has to say which entry it was.
@RealCluster
class TamperedLedgerIT {
  @TempDir private static Path original;
  private static TestNamespace namespace;
  private static Installation installation;
  private static String stderr;

  @TempDir private Path folder;

  @BeforeAll
  static void actAndRecord() {
    namespace = TestNamespace.create(KubeApi.connect(), "tampered");
    List.of("a", "b", "c").forEach(name -> namespace.deployment(name, 0));
    namespace.awaitAvailable("a", "b", "c");
    installation =
        new Installation(original, TestCluster.kubeconfig())
            .policy(Policies.auto(namespace.name(), "60s"));
    try (ServerProcess server = installation.serve()) {
      for (String name : List.of("a", "b", "c")) {
        Reply reply =
            server.call("restart_workload", Calls.restart(namespace, "deployment/" + name));
        assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
      }
      server.endInput();
      stderr = server.stderr();
    }
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void isWholeUntilSomebodyTouchesIt() throws IOException {
    Path witness = Files.writeString(folder.resolve("stderr.log"), stderr);

    Installation.Ran plain = new LedgerReader(installation).verify();
    Installation.Ran witnessed =
        new LedgerReader(installation).verify("--checkpoints", witness.toString());

    assertThat(plain.status()).as(plain.out()).isZero();
    assertThat(plain.out()).startsWith("whole: 8 entries, 8 checkpoints");
    assertThat(witnessed.status()).as(witnessed.out()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "edited    | ntry 5 | UPDATE entries SET body = replace(body, 'it hangs', 'it is fine') WHERE seq = 5",
        "inserted  | ntry 9 | INSERT INTO entries (seq, at, type, body, prev, hash) SELECT 9, at, 'denied', body, hash, hash FROM entries WHERE seq = 8",
        "deleted   | ntry 3 | DELETE FROM entries WHERE seq = 3",
        "reordered | ntry 3 | UPDATE entries SET seq = -3 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = -3",
        "truncated | Entries 5 to 8 | DELETE FROM entries WHERE seq > 4",
        "unguarded | trigger entries_are_never_changed | DROP TRIGGER entries_are_never_changed",
      })
  void saysWhichEntryWas(String how, String entry, String sql) throws Exception {
    Installation tampered = copy();

    tamper(tampered, !how.equals("unguarded"), sql.split(";"));
    Installation.Ran audit = new LedgerReader(tampered).verify();

    assertThat(audit.status()).as(audit.out()).isEqualTo(1);
    assertThat(audit.out()).contains(entry).contains("NOT WHOLE");
  }

  @Test
  void findsAnEndThatWasCutOffWithItsCheckpointsByThoseKeptElsewhere() throws Exception {
    Path witness = Files.writeString(folder.resolve("stderr.log"), stderr);
    Installation tampered = copy();

    tamper(
        tampered,
        true,
        "DELETE FROM entries WHERE seq > 4",
        "DELETE FROM checkpoints WHERE size > 4");
    Installation.Ran blind = new LedgerReader(tampered).verify();
    Installation.Ran seeing =
        new LedgerReader(tampered).verify("--checkpoints", witness.toString());

    assertThat(blind.status()).as("a shorter ledger is a ledger: " + blind.out()).isZero();
    assertThat(seeing.status()).as(seeing.out()).isEqualTo(1);
    assertThat(seeing.out()).contains("Entries 5 to 7 were cut off").contains("NOT WHOLE");
  }

  @Test
  void doesNothingMoreOnALedgerThatWasCutOff() throws Exception {
    Installation tampered = copy();
    tamper(tampered, true, "DELETE FROM entries WHERE seq > 4");
    long before = namespace.generation("a");

    try (ServerProcess server = tampered.serve()) {
      Reply reply = server.call("restart_workload", Calls.restart(namespace, "deployment/a"));

      assertThat(reply.code()).as(reply.text()).isEqualTo("AUDIT_UNAVAILABLE");
      assertThat(namespace.generation("a")).isEqualTo(before);
    }
  }

  /// The installation with a copy of the state.
  private Installation copy() throws IOException {
    Installation copy =
        new Installation(folder, TestCluster.kubeconfig())
            .policy(Files.readString(installation.policyFile()));
    Files.createDirectory(
        copy.state(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> files = Files.list(installation.state())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.state().resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /// Runs the statements with all triggers out of the way.
  ///
  /// @param restore whether the triggers are put back, so that nothing but the entries tells
  private static void tamper(Installation installation, boolean restore, String... sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + installation.state().resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      List<String> triggers = new ArrayList<>();
      if (restore) {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
            statement.executeQuery("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")) {
          while (rows.next()) {
            names.add(rows.getString(1));
            triggers.add(rows.getString(2));
          }
        }
        for (String name : names) {
          statement.executeUpdate("DROP TRIGGER " + name);
        }
      }
      for (String one : sql) {
        statement.executeUpdate(one);
      }
      for (String trigger : triggers) {
        statement.executeUpdate(trigger);
      }
    }
  }
}
