package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.StrictJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares the columns that PostgreSQL keeps beside a body, and counts by, with the body.
final class ColumnAudit {
  /// In the order in which they follow the six of an entry.
  static final List<String> COLUMNS =
      List.of(
          "change_id",
          "request_id",
          "class",
          "subject",
          "scope_pod",
          "scope_workload",
          "scope_namespace",
          "scope_cluster",
          "scope_tool",
          "scope_caller",
          "target_uid",
          "charged");

  private static final int FIRST = 7;

  private ColumnAudit() {}

  static void check(ResultSet row, Findings findings) throws SQLException {
    Optional<ObjectNode> body = StrictJson.object(String.valueOf(row.getString(4)));
    if (body.isEmpty()) {
      // Told as a finding about its form.
      return;
    }
    for (int i = 0; i < COLUMNS.size(); i++) {
      Optional<String> there = Optional.ofNullable(row.getString(FIRST + i));
      if (!there.equals(expected(COLUMNS.get(i), body.get()))) {
        findings.add(
            row.getLong(1),
            Finding.Kind.EDITED,
            "Entry %d has a column %s that does not say what its body says, so that something else is counted than was hashed."
                .formatted(row.getLong(1), COLUMNS.get(i)));
      }
    }
  }

  private static Optional<String> expected(String column, ObjectNode body) {
    return switch (column) {
      case "change_id" -> text(body.path("changeId"));
      case "request_id" -> text(body.path("requestId"));
      case "target_uid" -> text(body.path("targetUid"));
      case "class" -> text(body.path("class"));
      case "subject" -> text(body.path("subject")).or(() -> text(body.path("caller")));
      case "charged" ->
          body.path("charged").isBoolean()
              ? Optional.of(body.path("charged").booleanValue() ? "1" : "0")
              : Optional.empty();
      default -> text(body.path("scopes").path(column.substring("scope_".length())));
    };
  }

  /// As `ledger_field` in the schema.
  private static Optional<String> text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        node.isString() ? node.stringValue().replace('\0', '\ufffd') : node.toString());
  }
}
