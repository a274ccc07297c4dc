package io.github.kubewicket.server.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.ledger.CheckpointKeyPlace;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.ledger.PostgresLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.server.testing.PostgresSchema;
import io.github.kubewicket.server.testing.RealPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RealPostgres
@Timeout(60)
class DatabaseInstancesTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path directory;
  private PostgresSchema store;

  @BeforeEach
  void open() {
    store = new PostgresSchema();
    StateDirectory state = new StateDirectory(directory.resolve("state"));
    try (Ledger ledger =
        new PostgresLedger(
            store.place(),
            new CheckpointKeyPlace.Local(state, new SecureRandom()),
            InstantSource.system(),
            CheckpointSink.none())) {
      assertThat(ledger.read(LedgerView::last)).isEmpty();
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aReplicaIsAliveUntilItSaysFarewell() {
    try (Instances one = instances("one", LONG);
        Instances two = instances("two", LONG)) {
      one.announce();
      two.announce();

      assertThat(one.alive("two")).isTrue();
      assertThat(one.alive("never-seen")).isFalse();
      two.close();
      assertThat(one.alive("two")).isFalse();
    }
  }

  @Test
  void aKilledReplicaIsInDoubtAliveUntilItsLeaseEnds() {
    run("INSERT INTO replicas VALUES ('killed', clock_timestamp() - interval '50 s')");
    run("INSERT INTO replicas VALUES ('long-gone', clock_timestamp() - interval '61 s')");

    try (Instances one = instances("one", LONG)) {
      assertThat(one.alive("killed")).isTrue();
      assertThat(one.alive("long-gone")).isFalse();
    }
  }

  @Test
  void aReplicaThatStandsStillIsAliveAsLongAsItsConnection() {
    try (Instances one = instances("one", LONG);
        Instances still = instances("still", LONG)) {
      still.announce();
      run("UPDATE replicas SET beat_at = clock_timestamp() - interval '1 h'");

      assertThat(one.alive("still")).isTrue();
      run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
      assertThat(eventuallyDead(one, "still")).isTrue();
    }
  }

  @Test
  void aRestartOfPostgresKillsNobody() throws Exception {
    try (Instances one = instances("one", Duration.ofMillis(200));
        Instances two = instances("two", LONG)) {
      one.announce();

      PostgresSchema.crash();

      assertThat(two.alive("one")).isTrue();
      awaitLock();
      run("UPDATE replicas SET beat_at = clock_timestamp() - interval '1 h'");
      assertThat(two.alive("one")).isTrue();
    }
  }

  @Test
  void everybodyIsAliveWhileTheDatabaseIsAway() {
    try (Instances blind =
        new DatabaseInstances(
            () -> {
              throw new LedgerException("away");
            },
            "blind")) {
      assertThat(blind.alive("somebody")).isTrue();
      assertThat(blind.alive("NOT A NAME")).isFalse();
      assertThatThrownBy(blind::announce).isInstanceOf(LedgerException.class);
    }
  }

  private Instances instances(String name, Duration beat) {
    return new DatabaseInstances(this::connect, name, DatabaseInstances.LEASE, beat);
  }

  private Connection connect() {
    return store.place().connect();
  }

  private static boolean eventuallyDead(Instances observer, String name) {
    for (int i = 0; i < 100; i++) {
      if (!observer.alive(name)) {
        return true;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
    return false;
  }

  private void awaitLock() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1")) {
        if (row.next() && row.getInt(1) > 0) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The replica never took its lock again.");
  }

  private void run(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
