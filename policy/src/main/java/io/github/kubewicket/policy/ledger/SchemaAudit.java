package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/// Compares a ledger's tables, indexes and triggers with those that Kubewicket makes.
final class SchemaAudit {
  private final Findings findings;

  SchemaAudit(Findings findings) {
    this.findings = findings;
  }

  void run(Connection connection) throws SQLException {
    int version = Integer.parseInt(LedgerDatabase.pragma(connection, "user_version"));
    if (version < 1 || version > LedgerDatabase.SCHEMA) {
      findings.add(
          0,
          Finding.Kind.SCHEMA,
          "The file has schema %d and this Kubewicket knows 1 to %d."
              .formatted(version, LedgerDatabase.SCHEMA));
      return;
    }
    Map<String, String> expected;
    try (Connection fresh = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      for (int next = 1; next <= version; next++) {
        LedgerDatabase.execute(fresh, LedgerDatabase.schema(next));
      }
      expected = objects(fresh);
    }
    Map<String, String> found = objects(connection);
    expected.forEach((name, sql) -> {
      String there = found.remove(name);
      if (there == null) {
        add("The ledger's %s is missing.", name);
      } else if (!there.equals(sql)) {
        add("The ledger's %s was changed.", name);
      }
    });
    found.keySet().forEach(name -> add("The ledger has a %s that does not belong to it.", name));
  }

  private void add(String sentence, String name) {
    findings.add(0, Finding.Kind.SCHEMA, sentence.formatted(name));
  }

  private static Map<String, String> objects(Connection connection) throws SQLException {
    Map<String, String> objects = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT type, name, sql FROM sqlite_schema")) {
      while (row.next()) {
        objects.put(row.getString(1) + " " + row.getString(2), String.valueOf(row.getString(3)));
      }
    }
    return objects;
  }
}
