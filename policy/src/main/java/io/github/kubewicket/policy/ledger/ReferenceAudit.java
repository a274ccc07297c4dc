package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Checks what entries say of each other. The database sorts by the shared id, on disk where it
/// must, so that only one change or request is in memory at a time; no index is trusted.
final class ReferenceAudit {
  private final Connection connection;
  private final AuditedStore store;
  private final Findings findings;

  ReferenceAudit(Connection connection, AuditedStore store, Findings findings) {
    this.connection = connection;
    this.store = store;
    this.findings = findings;
  }

  void run() throws SQLException {
    changes();
    requests();
  }

  private void changes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(store.references("changeId", "'intent', 'outcome'"))) {
      String change = "";
      boolean begun = false;
      boolean settled = false;
      while (row.next()) {
        String id = String.valueOf(row.getString(1));
        if (!id.equals(change)) {
          change = id;
          begun = false;
          settled = false;
        }
        long seq = row.getLong(2);
        boolean intent = "intent".equals(row.getString(3));
        if (!intent && !begun) {
          findings.add(
              seq,
              Finding.Kind.ORPHAN,
              "Entry %d is the outcome of a change that has no intent before it.".formatted(seq));
        }
        if (intent ? begun : settled) {
          findings.add(
              seq,
              Finding.Kind.REUSED,
              "Entry %d is a second %s of one change.".formatted(seq, row.getString(3)));
        }
        begun |= intent;
        settled |= !intent;
      }
    }
  }

  private void requests() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(store.references("requestId", "'intent', 'approved'"))) {
      String request = "";
      boolean approved = false;
      boolean used = false;
      while (row.next()) {
        String id = String.valueOf(row.getString(1));
        if (!id.equals(request)) {
          request = id;
          approved = false;
          used = false;
        }
        if ("approved".equals(row.getString(3))) {
          approved = true;
          continue;
        }
        long seq = row.getLong(2);
        // Nobody approves what nobody objected to.
        if (!approved && !"veto".equals(row.getString(4))) {
          findings.add(
              seq,
              Finding.Kind.UNAPPROVED,
              "Entry %d uses a request that has no approval before it.".formatted(seq));
        }
        if (used) {
          findings.add(
              seq,
              Finding.Kind.REUSED,
              "Entry %d uses a request that was used before.".formatted(seq));
        }
        used = true;
      }
    }
  }
}
