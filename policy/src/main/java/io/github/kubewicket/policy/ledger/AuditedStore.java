package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// What an audit has to know of the database that it reads.
interface AuditedStore {
  /// As people know it.
  String name();

  /// Whether there is anything to be opened.
  boolean exists();

  /// The installation's public key as this place has it; a finding where it has none.
  Optional<PublicKeyText> key(Findings findings);

  /// A connection that only reads, on one snapshot, past the indexes.
  Connection open() throws SQLException;

  /// Compares tables, indexes and guards with those that Kubewicket makes.
  void schema(Connection connection, Findings findings) throws SQLException;

  /// The query for all entries in order: `seq, at, type, body, prev, hash` and what [#columns]
  /// needs.
  String entries();

  /// Compares what stands beside a body with the body.
  void columns(ResultSet row, Findings findings) throws SQLException;

  /// The query for `id, seq, type, tier` of the entries of these types, in the order of `id, seq`.
  ///
  /// @param field `changeId` or `requestId`
  /// @param types in SQL
  String references(String field, String types);

  /// The database's own check of what it keeps.
  void storage(Connection connection, Findings findings) throws SQLException;

  /// What an error means.
  String why(SQLException cause);
}
