package io.github.kubewicket.server.cluster;

import java.util.List;

/// What a kind, or one field of it, is made of.
///
/// @param type as `kubectl explain` writes it: `string`, `Object`, `[]Object`, `map[string]string`
/// @param description what the schema says about it, on one line; untrusted where the kind is a
///   custom one
/// @param values the values that are allowed, where they are listed
/// @param fields its fields, in the schema's order; empty for a plain value
public record KindSchema(String type, String description, List<String> values, List<Field> fields) {
  /// Copies the lists.
  public KindSchema {
    values = List.copyOf(values);
    fields = List.copyOf(fields);
  }

  /// One field.
  ///
  /// @param name its name
  /// @param type as above
  /// @param required whether an object without it is refused
  /// @param description the first sentence of what the schema says
  public record Field(String name, String type, boolean required, String description) {}
}
