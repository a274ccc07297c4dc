package io.github.kubewicket.demo.read;

import java.util.Locale;

/// In which form a client wants objects, from its `Accept` header.
public enum Form {
  /// The objects themselves.
  OBJECT,
  /// A table with the columns that kubectl shows.
  TABLE,
  /// Only the metadata.
  METADATA,
  /// Nothing that this server can write.
  UNKNOWN;

  /// The first acceptable form; no header means objects.
  public static Form of(String accept) {
    if (accept.isBlank()) {
      return OBJECT;
    }
    for (String range : accept.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1)) {
      boolean json =
          range.startsWith("application/json")
              || range.startsWith("application/*")
              || range.startsWith("*/*");
      if (json && range.contains("as=table")) {
        return TABLE;
      }
      if (json && range.contains("as=partialobjectmetadata")) {
        return METADATA;
      }
      if (json && !range.contains("as=")) {
        return OBJECT;
      }
    }
    return UNKNOWN;
  }
}
