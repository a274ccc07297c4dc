package io.github.kubewicket.policy.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// PostgreSQL's words, and what its errors mean. A sentence takes from the server what names no
/// value of a row, and nothing from the driver, which likes to repeat what it was given.
///
/// @param place which one
record PostgresDialect(PostgresLocation place) implements Dialect {
  @Override
  public String indexedBy(String index) {
    return "";
  }

  /// As `ledger_body` in the schema: PostgreSQL's text cannot hold NUL.
  @Override
  public String asked(String text) {
    return text.replace('\0', '\ufffd');
  }

  /// Error codes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>
  @Override
  public LedgerException failure(SQLException cause) {
    String state = state(cause);
    String sentence =
        switch (state) {
          case "55P03" -> "Another replica keeps the ledger in %s locked; try again.";
          case "57014" -> "The ledger in %s took too long to answer; try again.";
          case "25006" -> "%s takes no writes; point KUBEWICKET_STATE at the primary.";
          case "53100" -> "The disk that holds the ledger in %s is full; make room and try again.";
          case "42501" -> "The role may not do that in %s; grant it what docs/replicas.md says.";
          case "42P01", "42703", "3F000" ->
              "The ledger's tables in %s are missing or not ours; check database and currentSchema in KUBEWICKET_STATE.";
          case "3D000" -> "There is no database %s; create it.";
          case "23505", "23514", "P0001" -> refusal(cause);
          default -> {
            if (state.startsWith("28")) {
              yield "%s refused the user or the password; check KUBEWICKET_STATE and KUBEWICKET_STATE_PASSWORD_FILE.";
            }
            if (state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")) {
              yield "%s does not answer; nothing is written to the cluster until it does.";
            }
            yield "The ledger in %s failed with PostgreSQL's error " + state + "; see its log.";
          }
        };
    return new LedgerException(sentence.formatted(place), cause);
  }

  private static String refusal(SQLException cause) {
    String own =
        said(cause)
            .flatMap(it ->
                Optional.ofNullable(it.getConstraint())
                    .or(() -> Optional.ofNullable(it.getMessage())))
            .orElse("it broke a rule");
    return "The ledger refused the entry: " + own.replace("%", "%%") + ".";
  }

  private static Optional<ServerErrorMessage> said(SQLException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof PSQLException own && own.getServerErrorMessage() != null) {
        return Optional.ofNullable(own.getServerErrorMessage());
      }
    }
    return Optional.empty();
  }

  /// The pool wraps what the driver said.
  private static String state(SQLException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof PSQLException own && own.getSQLState() != null) {
        return own.getSQLState();
      }
    }
    return cause.getSQLState() == null ? "" : cause.getSQLState();
  }
}
