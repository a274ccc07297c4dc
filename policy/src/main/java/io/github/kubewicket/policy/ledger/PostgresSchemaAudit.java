package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/// Compares a ledger's tables, columns, constraints, indexes and triggers with those that
/// Kubewicket makes, which `schema/postgres/catalogue.txt` lists as PostgreSQL's catalogue tells
/// them.
final class PostgresSchemaAudit {
  /// One row per thing: what it is, and how it is. A disabled trigger, another function behind it,
  /// row security, an index that is not valid, a column that is no longer made from the body are
  /// all to be seen.
  private static final String CATALOGUE =
      """
      WITH ours AS (
        SELECT oid, relname FROM pg_class
        WHERE oid IN (to_regclass('entries'), to_regclass('checkpoints')))
      SELECT 'table ' || relname, concat_ws(' ', relkind, relpersistence, relrowsecurity,
        relforcerowsecurity, relhassubclass, relhasrules)
      FROM pg_class JOIN ours USING (oid, relname)
      UNION ALL
      SELECT 'column ' || relname || '.' || attname,
        concat_ws(' ', format_type(atttypid, atttypmod), attnotnull,
          CASE attgenerated WHEN 's' THEN 'generated' ELSE 'plain' END)
      FROM pg_attribute JOIN ours ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT 'constraint "' || conname || '"',
        concat_ws(' ', convalidated, pg_get_constraintdef(c.oid, true))
      FROM pg_constraint c JOIN ours ON conrelid = ours.oid WHERE contype <> 'n'
      UNION ALL
      SELECT 'index "' || i.relname || '"',
        concat_ws(' ', indisvalid, pg_get_indexdef(indexrelid, 0, true))
      FROM pg_index JOIN ours ON indrelid = ours.oid JOIN pg_class i ON i.oid = indexrelid
      UNION ALL
      SELECT 'trigger ' || tgname,
        concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid, true),
          encode(sha256(convert_to(prosrc, 'UTF8')), 'hex'))
      FROM pg_trigger t JOIN ours ON tgrelid = ours.oid JOIN pg_proc p ON p.oid = tgfoid
      WHERE NOT tgisinternal
      ORDER BY 1
      """;

  private final Findings findings;

  PostgresSchemaAudit(Findings findings) {
    this.findings = findings;
  }

  void run(Connection connection, PostgresLocation place) throws SQLException {
    int version = PostgresSchema.version(connection, place);
    if (version < PostgresSchema.FILES.size()) {
      findings.add(
          0,
          Finding.Kind.SCHEMA,
          "The database has schema %d and this Kubewicket knows %d; start a server once, which brings it up to date."
              .formatted(version, PostgresSchema.FILES.size()));
      return;
    }
    Map<String, String> found = catalogue(connection);
    for (String line : PostgresSchema.text("catalogue.txt").lines().toList()) {
      String[] parts = line.split("\t", 2);
      String there = found.remove(parts[0]);
      if (there == null) {
        add("The ledger's %s is missing.", parts[0]);
      } else if (!there.equals(parts[1])) {
        add("The ledger's %s was changed.", parts[0]);
      }
    }
    found.keySet().forEach(name -> add("The ledger has a %s that does not belong to it.", name));
  }

  /// What is there: name to description.
  static Map<String, String> catalogue(Connection connection) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CATALOGUE)) {
      while (row.next()) {
        found.put(row.getString(1), String.valueOf(row.getString(2)));
      }
    }
    return found;
  }

  private void add(String sentence, String name) {
    findings.add(0, Finding.Kind.SCHEMA, sentence.formatted(name));
  }
}
