package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.ManualClock;
import io.github.kubewicket.policy.canonical.StrictJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// A real ledger in a test's own directory, and the raw SQL of somebody who attacks it.
public final class LedgerFixture implements AutoCloseable {
  public final ManualClock clock = ManualClock.at("2026-01-02T03:04:05Z");
  public final List<Checkpoint> published = new CopyOnWriteArrayList<>();
  public final StateDirectory state;
  public final Ledger ledger;
  final TestStore store;

  /// In a file.
  public LedgerFixture(Path directory) {
    this(directory, SqliteStore::new);
  }

  /// @param store makes the store of a state directory
  public LedgerFixture(Path directory, Function<StateDirectory, TestStore> store) {
    this.state = new StateDirectory(directory.resolve("state"));
    this.store = store.apply(state);
    this.ledger = open(Duration.ofSeconds(5));
  }

  Ledger open(Duration patience) {
    return store.open(clock, published::add, patience);
  }

  public Entry append(EntryType type, ObjectNode body) {
    return ledger.write(transaction -> transaction.append(type, body));
  }

  /// Entries 1 to `count`, all denials.
  public void fill(int count) {
    for (int i = 1; i <= count; i++) {
      append(EntryType.DENIED, denial("no-" + i));
      clock.advance(Duration.ofSeconds(1));
    }
  }

  public static ObjectNode denial(String code) {
    return StrictJson.newObject().put("code", code);
  }

  public static ObjectNode request(String requestId) {
    return StrictJson.newObject().put("requestId", requestId);
  }

  public static ObjectNode intent(String changeId) {
    ObjectNode body = StrictJson.newObject();
    body.put("changeId", changeId).put("class", "restart").put("targetUid", "uid-1");
    body.putObject("scopes")
        .put("pod", "shop/web-1")
        .put("workload", "shop/Deployment/web")
        .put("namespace", "shop")
        .put("tool", "cluster-1/restart_workload")
        .put("cluster", "cluster-1")
        .put("caller", "stdio:ada");
    return body;
  }

  public static ObjectNode intent(String changeId, String requestId) {
    return intent(changeId).put("requestId", requestId);
  }

  public static ObjectNode outcome(String changeId, boolean charged) {
    return StrictJson.newObject().put("changeId", changeId).put("charged", charged);
  }

  /// Takes the database's own guards away, and then runs statements behind the ledger's back.
  public void attackUnguarded(String... statements) {
    attack(store.unguard().toArray(String[]::new));
    attack(statements);
  }

  /// Runs statements behind the ledger's back.
  public void attack(String... statements) {
    try (Connection connection = store.raw();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    ledger.close();
    store.close();
  }
}
