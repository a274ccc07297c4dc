package io.github.kubewicket.policy.config;

import java.util.List;

/// A value of a YAML file and where it stands.
sealed interface Yaml {
  /// Where it starts.
  Place at();

  /// A place in a file.
  ///
  /// @param line from 1
  /// @param column from 1, in code points
  record Place(int line, int column) {
    static final Place START = new Place(1, 1);
  }

  /// A scalar. Nothing is guessed from its spelling: whoever reads it says what it has to be.
  ///
  /// @param plain whether it stands without quotes
  record Text(String value, boolean plain, Place at) implements Yaml {}

  /// A list.
  record Sequence(List<Yaml> items, Place at) implements Yaml {}

  /// Keys and values, in the file's order, repeated keys included.
  record Mapping(List<Entry> entries, Place at) implements Yaml {}

  /// Something that has been reported already; readers pass over it in silence.
  record Refused(Place at) implements Yaml {}

  /// One key and its value.
  record Entry(Yaml key, Yaml value) {}

  /// Whether it is YAML's null: no value, `~` or `null` without quotes.
  default boolean isNothing() {
    return this instanceof Text(String value, boolean plain, Place _)
        && plain
        && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
  }

  /// What it is, in words for a message.
  default String describe() {
    return switch (this) {
      case Text(String value, boolean plain, Place _) -> {
        if (isNothing()) {
          yield "nothing";
        }
        yield plain ? Quoted.of(value) : "the text " + Quoted.of(value);
      }
      case Sequence _ -> "a list";
      case Mapping _ -> "keys with values";
      case Refused _ -> "something else";
    };
  }
}
