package io.github.kubewicket.policy.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQLite's words, and what its result codes mean.
///
/// @param file the database
record SqliteDialect(Path file) implements Dialect {
  /// The driver puts SQLite's own words in parentheses at the end.
  private static final Pattern OWN_WORDS = Pattern.compile("\\(([^()]+)\\)\\s*$");

  /// The query fails, and so the gate denies, where the index is missing.
  @Override
  public String indexedBy(String index) {
    return "INDEXED BY " + index;
  }

  @Override
  public String asked(String text) {
    return text;
  }

  /// Primary result codes: <https://www.sqlite.org/rescode.html>
  @Override
  public LedgerException failure(SQLException cause) {
    String sentence =
        switch (cause.getErrorCode() & 0xff) {
          case 5, 6 -> "Another process keeps the ledger %s locked; try again.".formatted(file);
          case 3, 8, 14 ->
              "The ledger %s cannot be opened for writing; check who owns it and that its disk is not read-only."
                  .formatted(file);
          case 10 -> "Reading or writing the ledger %s failed; check its disk.".formatted(file);
          case 11, 26 ->
              "The ledger %s is damaged; run \"kubewicket audit verify\" and restore it from a backup."
                  .formatted(file);
          case 13 ->
              "The disk that holds the ledger %s is full; make room and try again.".formatted(file);
          case 19 -> "The ledger refused the entry: %s.".formatted(ownWords(cause));
          default -> "The ledger %s failed: %s.".formatted(file, ownWords(cause));
        };
    return new LedgerException(sentence, cause);
  }

  private static String ownWords(SQLException cause) {
    // A native library that does not load is told in the cause only.
    String message =
        cause.getMessage() + (cause.getCause() == null ? "" : ": " + cause.getCause().getMessage());
    Matcher own = OWN_WORDS.matcher(message);
    return own.find() ? own.group(1).replace("CHECK constraint failed: ", "") : message;
  }
}
