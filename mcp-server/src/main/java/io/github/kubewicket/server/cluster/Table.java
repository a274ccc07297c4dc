package io.github.kubewicket.server.cluster;

import java.util.BitSet;
import java.util.List;

/// A list as the API server prints it, column by column as kubectl shows it.
public interface Table {
  /// One column.
  ///
  /// @param name such as `Status`
  /// @param wide whether kubectl shows it with `-o wide` only
  record Column(String name, boolean wide) {}

  /// One row. Its texts are redacted when they are asked for; most never are.
  final class Row {
    private final String namespace;
    private final String name;
    private final String[] cells;

    Row(String namespace, String name, String[] cells) {
      this.namespace = namespace;
      this.name = name;
      this.cells = cells;
    }

    /// The object's namespace; empty where it has none.
    public String namespace() {
      return Redaction.text(namespace);
    }

    /// The object's name.
    public String name() {
      return Redaction.text(name);
    }

    /// The cell of a column that was wanted, redacted, on one line; empty where there is nothing.
    public String cell(int column) {
      return column < cells.length && cells[column] != null
          ? Untrusted.line(Redaction.text(cells[column]), 400)
          : "";
    }
  }

  /// Takes a table while it arrives, so that no list is ever held whole.
  interface Reader {
    /// Told once, before the rows: which columns there are. Answers which of them it wants.
    BitSet columns(List<Column> columns);

    /// Told for each row.
    void row(Row row);
  }
}
