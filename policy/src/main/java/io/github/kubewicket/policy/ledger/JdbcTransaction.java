package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Appends, on one open transaction that excludes every other writer.
final class JdbcTransaction extends JdbcView implements LedgerTransaction {
  /// More than any diff that fits in an answer, little enough that a ledger stays a file to copy.
  private static final int MAX_BODY = 64 << 10;

  private final Connection connection;
  private final List<Entry> appended = new ArrayList<>();
  private @Nullable LedgerException failure;
  private @Nullable PreparedStatement insert;

  JdbcTransaction(
      Statements statements, Dialect dialect, InstantSource clock, AtomicLong settledThrough) {
    super(statements, dialect, clock, settledThrough);
    this.connection = statements.connection();
  }

  @Override
  public Entry append(EntryType type, ObjectNode body) {
    requireOpen();
    try {
      String text = canonical(type, body);
      Optional<Entry> last = last();
      long seq = last.map(Entry::seq).orElse(0L) + 1;
      String prev = last.map(Entry::hash).orElse(Chain.START);
      Instant at = now();
      String hash = Chain.hash(prev, seq, at.toEpochMilli(), type.word(), text);
      insert(seq, at.toEpochMilli(), type.word(), text, prev, hash);
      Entry entry = new Entry(seq, at, type, body.deepCopy(), prev, hash);
      appended.add(entry);
      return entry;
    } catch (SQLException e) {
      throw remember(failure(e));
    } catch (LedgerException e) {
      throw remember(e);
    }
  }

  @Override
  public Optional<Entry> last() {
    return appended.isEmpty() ? super.last() : Optional.of(appended.getLast());
  }

  /// What this transaction has appended so far, in order.
  List<Entry> appended() {
    return List.copyOf(appended);
  }

  /// The first failure of an append, which ends the transaction even where the work caught it.
  Optional<LedgerException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  void expire() {
    super.expire();
    if (insert != null) {
      try {
        insert.close();
      } catch (SQLException e) {
        remember(failure(e));
      }
    }
  }

  @Override
  boolean seesOnlyWhatIsCommitted() {
    return appended.isEmpty();
  }

  private void insert(long seq, long at, String type, String body, String prev, String hash)
      throws SQLException {
    if (insert == null) {
      // Compiled once per transaction: with its triggers and indexes it takes longer to compile
      // than to run.
      insert =
          connection.prepareStatement(
              "INSERT INTO entries (seq, at, type, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?)");
    }
    insert.setLong(1, seq);
    insert.setLong(2, at);
    insert.setString(3, type);
    insert.setString(4, body);
    insert.setString(5, prev);
    insert.setString(6, hash);
    insert.executeUpdate();
  }

  private static String canonical(EntryType type, ObjectNode body) {
    String text;
    try {
      text = CanonicalJson.text(body);
    } catch (IllegalArgumentException e) {
      throw new LedgerException(
          "The ledger cannot hold the %s entry: %s".formatted(type.word(), e.getMessage()), e);
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_BODY) {
      throw new LedgerException(
          "The ledger cannot hold the %s entry: its body has %d bytes and the limit is %d."
              .formatted(type.word(), size, MAX_BODY));
    }
    return text;
  }

  private LedgerException remember(LedgerException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
