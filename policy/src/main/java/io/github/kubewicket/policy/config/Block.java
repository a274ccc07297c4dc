package io.github.kubewicket.policy.config;

import java.util.List;

/// The keys that a block of the file may have.
///
/// @param keys in the order in which messages name them; none for a block that takes any key
record Block(List<Key> keys) {
  /// Takes any key.
  static final Block ANY = new Block(List.of());

  /// Copies the keys.
  Block {
    keys = List.copyOf(keys);
  }

  /// One key.
  ///
  /// @param required whether a block without it is wrong
  /// @param usual what holds where the key is missing, as the file would spell it; empty where
  ///   nothing does
  /// @param about one or two sentences for people
  record Key(String name, Shape shape, boolean required, String usual, String about) {}

  /// A block with these keys.
  static Block of(Key... keys) {
    return new Block(List.of(keys));
  }

  /// Their names.
  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /// The shape of one of them.
  ///
  /// @throws IllegalArgumentException if there is no such key
  Shape shape(String name) {
    for (Key key : keys) {
      if (key.name().equals(name)) {
        return key.shape();
      }
    }
    throw new IllegalArgumentException("No key " + name);
  }
}
