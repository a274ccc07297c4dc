package io.github.kubewicket.policy.config;

import java.util.List;

/// What may stand behind a key. Readers take their bounds from here and the JSON Schema is made of
/// it, so the two cannot say different things.
sealed interface Shape {
  /// Text that matches a whole regular expression, which is empty for any text.
  ///
  /// @param longest in characters
  record Text(String pattern, int longest) implements Shape {}

  /// A whole number without quotes.
  record Whole(int min, int max) implements Shape {}

  /// A duration such as `15m`, with its bounds spelled the same way.
  record Span(String min, String max) implements Shape {}

  /// `on` or `off`, also as `true` or `false`.
  record Switch() implements Shape {}

  /// One of these words.
  record Word(List<String> words) implements Shape {
    /// Copies the words.
    public Word {
      words = List.copyOf(words);
    }
  }

  /// A list of different things.
  record Items(Shape item, int least, int most) implements Shape {}

  /// Keys with values.
  record Nested(Block block) implements Shape {}

  /// Any keys, with text as their values.
  record Labels() implements Shape {}

  /// One of several shapes.
  record Either(List<Shape> shapes) implements Shape {
    /// Copies the shapes.
    public Either {
      shapes = List.copyOf(shapes);
    }
  }
}
