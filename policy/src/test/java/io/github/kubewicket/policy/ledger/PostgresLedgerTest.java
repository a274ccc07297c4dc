package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.Pem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealPostgres
@Timeout(120)
final class PostgresLedgerTest extends LedgerContract {
  private static final String SECRET = "s3cret-horse";

  @Override
  LedgerFixture fixture(Path directory) {
    return new LedgerFixture(directory, PostgresStore::new);
  }

  @Test
  void touchesNothingBeforeItsFirstUse() {
    assertThat(
            numbers(
                "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"))
        .containsExactly(0L);
    assertThat(fixture.state.path()).doesNotExist();
  }

  @Test
  void bringsAnEmptySchemaUpToDateOnceHoweverManyBegin() throws InterruptedException {
    List<Ledger> replicas = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Ledger replica = fixture.open(Duration.ofSeconds(5));
      replicas.add(replica);
      threads.add(
          Thread.ofVirtual()
              .start(() -> replica.write(tx -> tx.append(EntryType.STARTUP, denial("a")))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    replicas.forEach(Ledger::close);

    assertThat(numbers("SELECT version FROM ledger_schema ORDER BY 1")).containsExactly(1L, 2L);
    assertThat(numbers("SELECT seq FROM entries ORDER BY 1")).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void refusesASchemaThatIsNewerThanItself() {
    fixture.append(EntryType.STARTUP, denial("a"));
    fixture.attack("INSERT INTO ledger_schema (version) VALUES (99)");

    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> reopened.read(LedgerView::last))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("has schema 99 and this Kubewicket knows up to 2; use a newer one");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE entries SET at = at",
        "DELETE FROM entries",
        "TRUNCATE entries",
        "UPDATE checkpoints SET line = ''",
        "DELETE FROM checkpoints",
        "TRUNCATE checkpoints, entries",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 3, at, type, body, hash, hash FROM entries",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 2, at, type, body, prev, hash FROM entries",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 2, at - 1, type, body, hash, hash FROM entries",
        "INSERT INTO entries (seq, at, type, body, prev, hash, charged)"
            + " SELECT 2, at, type, body, hash, hash, 0 FROM entries",
        "INSERT INTO checkpoints SELECT 2, line FROM checkpoints"
      })
  void theDatabaseItselfOnlyLetsTheLedgerGrow(String attack) {
    fixture.append(EntryType.STARTUP, denial("a"));

    assertThatThrownBy(() -> fixture.attack(attack)).hasMessageContaining("ERROR");

    assertThat(fixture.append(EntryType.DENIED, denial("b")).seq()).isEqualTo(2);
  }

  @Test
  void tellsThatAnotherReplicaHoldsTheLockAndReadsMeanwhile() throws Exception {
    fixture.append(EntryType.STARTUP, denial("a"));
    try (Ledger other = fixture.open(Duration.ofSeconds(5))) {
      Thread holder =
          Thread.ofVirtual()
              .start(() ->
                  other.write(tx -> {
                    tx.append(EntryType.DENIED, denial("b"));
                    return sleep(4_000);
                  }));
      sleep(300);

      assertThatThrownBy(() -> fixture.append(EntryType.DENIED, denial("c")))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("Another replica keeps the ledger")
          .hasMessageContaining("locked");
      assertThat(fixture.ledger.read(LedgerView::last).orElseThrow().seq()).isEqualTo(1);
      holder.join();
    }
    assertThat(fixture.append(EntryType.DENIED, denial("c")).seq()).isEqualTo(3);
  }

  @Test
  void takesTheLockFromAWriterThatStandsStill() throws Exception {
    fixture.append(EntryType.STARTUP, denial("a"));
    try (Connection stuck = fixture.store.raw();
        Statement statement = stuck.createStatement()) {
      stuck.setAutoCommit(false);
      statement.execute(PostgresLedger.BEGIN_WRITE);

      sleep(5_500);

      assertThat(fixture.append(EntryType.DENIED, denial("b")).seq()).isEqualTo(2);
      stuck.abort(Runnable::run);
    }
  }

  @Test
  void failsSoonWhilePostgresIsAwayAndGoesOnOnceItIsBack() throws Exception {
    fixture.append(EntryType.STARTUP, denial("a"));
    PostgresStore.requireOurs();
    PostgresStore.script("stop");
    try {
      long start = System.nanoTime();

      assertThatThrownBy(() -> fixture.append(EntryType.DENIED, denial("b")))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("does not answer");
      assertThatThrownBy(() -> fixture.ledger.read(LedgerView::last))
          .isInstanceOf(LedgerException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    } finally {
      PostgresStore.script("start");
    }
    // The pool looks every few seconds at most, and a loaded machine is slow to recover.
    assertThat(appendedWithin(Duration.ofSeconds(30)).seq()).isEqualTo(2);
  }

  private Entry appendedWithin(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (; ; ) {
      try {
        return fixture.append(EntryType.DENIED, denial("b"));
      } catch (LedgerException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        Thread.sleep(200);
      }
    }
  }

  @Test
  void doesNotWaitForEverForAServerThatSaysNothing() throws Exception {
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
      Ledger ledger =
          ledger("jdbc:postgresql://127.0.0.1:%d/x?user=u".formatted(silent.getLocalPort()));
      long start = System.nanoTime();

      assertThatThrownBy(() -> ledger.read(LedgerView::last))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("does not answer");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    }
  }

  @Test
  void refusesToGoOnWhereEntriesThatItSawAreGone() {
    fixture.fill(3);
    fixture.attackUnguarded(
        "DELETE FROM entries WHERE seq = 3", "DELETE FROM checkpoints WHERE size = 3");

    assertThatThrownBy(() -> fixture.append(EntryType.DENIED, denial("b")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("ends at entry 2 and this process has seen entry 3");
    assertThatThrownBy(() -> fixture.ledger.read(LedgerView::openIntents))
        .isInstanceOf(LedgerException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:%s/kubewicket?user=kubewicket&password=" + SECRET,
        "jdbc:postgresql://127.0.0.1:1/kubewicket?user=kubewicket&password=" + SECRET,
        "jdbc:postgresql://kubewicket:" + SECRET + "@127.0.0.1:%s/kubewicket",
        "jdbc:postgresql://127.0.0.1:%s/?password=" + SECRET,
        "jdbc:postgresql://127.0.0.1:99999/db?password=" + SECRET,
        "jdbc:postgresql://127.0.0.1:%s/db?user=u&password=%%" + SECRET,
        "jdbc:postgresql://127.0.0.1:%s/nothing?user=kubewicket&password=" + SECRET,
        "jdbc:postgresql://127.0.0.1:%s/kubewicket?user=a&sslmode=wrong&password=" + SECRET
      })
  void neverTellsThePassword(String url) {
    StringWriter said = new StringWriter();

    assertThatThrownBy(() -> ledger(url.formatted(port())).read(LedgerView::last))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> e.printStackTrace(new PrintWriter(said, true)));

    assertThat(said.toString()).isNotEmpty().doesNotContain(SECRET);
  }

  @Test
  void readsThePasswordFromAFileThatMayChange() throws Exception {
    String url = System.getenv(TestPostgres.VARIABLE);
    String password = url.substring(url.indexOf("password=") + 9);
    Path file = Files.writeString(directory.resolve("password"), SECRET);
    PostgresLocation place =
        PostgresLocation.of(
            url.substring(0, url.indexOf('?')),
            Map.of("PGUSER", "kubewicket", "KUBEWICKET_STATE_PASSWORD_FILE", file.toString()));
    assertThatThrownBy(place::connect)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("refused the user or the password");

    Files.writeString(file, password + "\n");

    try (Connection connection = place.connect()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void signsWithTheKeyThatItIsGivenAndRefusesAnotherOne() throws Exception {
    CheckpointKeyPlace.Given given = new CheckpointKeyPlace.Given(key("given", "rw-r-----"));
    CheckpointKeyPlace.Given other = new CheckpointKeyPlace.Given(key("other", "rw-------"));
    try (Ledger one = ledger(given)) {
      one.write(tx -> tx.append(EntryType.STARTUP, denial("a")));
    }

    try (Ledger two = ledger(other)) {
      assertThatThrownBy(() -> two.write(tx -> tx.append(EntryType.STARTUP, denial("b"))))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("KUBEWICKET_CHECKPOINT_KEY");
    }
    try (Ledger three = ledger(given)) {
      assertThat(three.write(tx -> tx.append(EntryType.STARTUP, denial("b"))).seq()).isEqualTo(2);
    }
  }

  @Test
  void refusesAGivenKeyThatEverybodyMayRead() throws Exception {
    CheckpointKeyPlace.Given open = new CheckpointKeyPlace.Given(key("open", "rw-r--r--"));

    try (Ledger ledger = ledger(open)) {
      assertThatThrownBy(() -> ledger.read(LedgerView::last))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("defaultMode: 0440");
    }
  }

  @Test
  void commitsDurablyWhateverTheRoleIsSetTo() throws Exception {
    try (Connection connection = fixture.store.raw();
        Statement statement = connection.createStatement()) {
      assertThat(setting(statement, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(statement, "default_transaction_isolation")).isEqualTo("read committed");
      assertThat(setting(statement, "lock_timeout")).isEqualTo("3s");
    }
  }

  private Path key(String name, String mode) throws Exception {
    Path file = directory.resolve(name + ".key");
    Files.writeString(
        file,
        Pem.encode("PRIVATE KEY", Ed25519.generate(new SecureRandom()).getPrivate().getEncoded()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Ledger ledger(CheckpointKeyPlace key) {
    return new PostgresLedger(
        ((PostgresStore) fixture.store).place, key, fixture.clock, CheckpointSink.none());
  }

  private Ledger ledger(String url) {
    return new PostgresLedger(
        PostgresLocation.of(url, Map.of()),
        new CheckpointKeyPlace.Local(fixture.state, new SecureRandom()),
        fixture.clock,
        CheckpointSink.none());
  }

  private List<Long> numbers(String sql) {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = fixture.store.raw();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return numbers;
  }

  private static String port() {
    return System.getenv(TestPostgres.VARIABLE).replaceFirst(".*//[^:/]*:?(\\d*)/.*", "$1");
  }

  private static String setting(Statement statement, String name) throws Exception {
    try (ResultSet row = statement.executeQuery("SHOW " + name)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
