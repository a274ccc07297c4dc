package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.limit.Scope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The queries, on one open transaction.
class JdbcView implements LedgerView {
  private static final String SELECT = "SELECT " + Rows.COLUMNS + " FROM entries AS i ";

  private final Statements statements;
  private final Dialect dialect;
  private final InstantSource clock;
  private final AtomicLong settledThrough;
  private boolean open = true;
  private @Nullable Optional<Entry> newest;

  /// @param settledThrough no intent up to this number is open any more; raised as more is known
  JdbcView(Statements statements, Dialect dialect, InstantSource clock, AtomicLong settledThrough) {
    this.statements = statements;
    this.dialect = dialect;
    this.clock = clock;
    this.settledThrough = settledThrough;
  }

  @Override
  public Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return last().map(Entry::at).filter(now::isBefore).orElse(now);
  }

  @Override
  public Optional<Entry> entry(long seq) {
    return list(SELECT + "WHERE i.seq = ?", seq).stream().findFirst();
  }

  @Override
  public Optional<Entry> last() {
    requireOpen();
    Optional<Entry> known = newest;
    if (known == null) {
      // Nobody else can append within this view's transaction, and many ask what time it is.
      known = list(SELECT + "ORDER BY i.seq DESC LIMIT 1").stream().findFirst();
      newest = known;
    }
    return known;
  }

  @Override
  public List<Entry> ofRequest(String requestId) {
    return list(SELECT + "WHERE i.request_id = ? ORDER BY i.seq", dialect.asked(requestId));
  }

  @Override
  public List<Entry> ofChange(String changeId) {
    return list(SELECT + "WHERE i.change_id = ? ORDER BY i.seq", dialect.asked(changeId));
  }

  @Override
  public List<Entry> openIntents() {
    List<Entry> intents =
        list(
            SELECT
                + """
                WHERE i.type = 'intent' AND i.seq > ? AND NOT EXISTS (
                  SELECT 1 FROM entries AS o
                  WHERE o.type = 'outcome' AND o.change_id = i.change_id)
                ORDER BY i.seq\
                """,
            settledThrough.get());
    if (seesOnlyWhatIsCommitted()) {
      // Entries are never taken back, so what is settled now stays settled and need not be looked
      // at again.
      settledThrough.set(
          intents.isEmpty() ? last().map(Entry::seq).orElse(0L) : intents.getFirst().seq() - 1);
    }
    return intents;
  }

  @Override
  public List<Entry> openRequests(int limit) {
    return openRequests(Instant.EPOCH, limit);
  }

  @Override
  public List<Entry> openRequests(Instant after, int limit) {
    return list(
        SELECT
            + """
            WHERE i.type = 'requested' AND i.at > ? AND NOT EXISTS (
              SELECT 1 FROM entries AS o
              WHERE o.request_id = i.request_id AND o.type IN ('rejected', 'revoked', 'intent'))
            ORDER BY i.at, i.seq LIMIT ?\
            """,
        after.toEpochMilli(),
        limit);
  }

  /// The statement behind [#charges], with the class, the key and the time left open.
  static String chargesSql(Scope scope, Dialect dialect) {
    return chargedSql("i.at", scope, dialect);
  }

  private static String chargedSql(String columns, Scope scope, Dialect dialect) {
    return """
    SELECT %2$s FROM entries AS i %3$s
    WHERE i.type = 'intent' AND i.class = ? AND i.scope_%1$s = ? AND i.at > ? AND NOT EXISTS (
      SELECT 1 FROM entries AS o %4$s
      WHERE o.type = 'outcome' AND o.charged = 0 AND o.change_id = i.change_id)
    ORDER BY i.at, i.seq\
    """
        .formatted(
            scope.word(),
            columns,
            dialect.indexedBy("charges_of_" + scope.word()),
            dialect.indexedBy("outcomes_not_charged"));
  }

  @Override
  public List<Entry> acts(ChangeClass changeClass, Scope scope, String key, Instant after) {
    return list(
        chargedSql(Rows.COLUMNS, scope, dialect),
        changeClass.word(),
        dialect.asked(key),
        after.toEpochMilli());
  }

  @Override
  public List<Entry> about(EntryType type, String subject, Instant after, int limit) {
    return list(
            SELECT
                + dialect.indexedBy("entries_about")
                + """

                WHERE i.type = ? AND i.subject = ? AND i.at > ?
                AND i.subject IS NOT NULL
                AND i.type NOT IN ('intent', 'requested', 'startup')
                ORDER BY i.at DESC, i.seq DESC LIMIT ?\
                """,
            type.word(),
            dialect.asked(subject),
            after.toEpochMilli(),
            limit)
        .reversed();
  }

  @Override
  public List<Entry> ofType(EntryType type, int limit) {
    return list(
            SELECT
                + dialect.indexedBy("entries_about")
                + """

                WHERE i.type = ? AND i.subject IS NOT NULL
                AND i.type NOT IN ('intent', 'requested', 'startup')
                ORDER BY i.seq DESC LIMIT ?\
                """,
            type.word(),
            limit)
        .reversed();
  }

  @Override
  public List<Instant> charges(ChangeClass changeClass, Scope scope, String key, Instant after) {
    requireOpen();
    List<Instant> times = new ArrayList<>();
    try {
      statements.query(
          chargesSql(scope, dialect),
          row -> times.add(Instant.ofEpochMilli(row.getLong(1))),
          changeClass.word(),
          dialect.asked(key),
          after.toEpochMilli());
      return List.copyOf(times);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void forEach(long fromSeq, Consumer<Entry> visitor) {
    requireOpen();
    try {
      statements.query(
          SELECT + "WHERE i.seq >= ? ORDER BY i.seq",
          row -> visitor.accept(Rows.entry(row)),
          fromSeq);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /// Ends the view's life with its transaction's.
  void expire() {
    open = false;
  }

  final void requireOpen() {
    if (!open) {
      throw new IllegalStateException("The ledger's transaction is over; use a new one.");
    }
  }

  LedgerException failure(SQLException cause) {
    return dialect.failure(cause);
  }

  boolean seesOnlyWhatIsCommitted() {
    return true;
  }

  private List<Entry> list(String sql, Object... parameters) {
    requireOpen();
    List<Entry> entries = new ArrayList<>();
    try {
      statements.query(sql, row -> entries.add(Rows.entry(row)), parameters);
      return List.copyOf(entries);
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
