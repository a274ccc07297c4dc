package io.github.kubewicket.policy.ledger;

import java.sql.SQLException;

/// What differs between databases in the queries that they share.
interface Dialect {
  /// What follows a table's name so that only this index may answer; empty where the database has
  /// no such words.
  String indexedBy(String index);

  /// A text as the columns that are made from bodies spell it.
  String asked(String text);

  /// One sentence for the person who has to do something about it.
  LedgerException failure(SQLException cause);
}
