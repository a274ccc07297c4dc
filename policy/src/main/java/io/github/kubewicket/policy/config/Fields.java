package io.github.kubewicket.policy.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys of one block, checked: each is allowed and stands once.
final class Fields {
  private final Field whole;
  private final Map<String, Field> byKey;
  private final Set<String> meant;
  private final Block block;

  private Fields(Field whole, Map<String, Field> byKey, Set<String> meant, Block block) {
    this.whole = whole;
    this.byKey = byKey;
    this.meant = meant;
    this.block = block;
  }

  static Fields of(Field whole, Yaml.Mapping mapping, Block block) {
    List<String> allowed = block.names();
    Map<String, Field> byKey = new LinkedHashMap<>();
    Map<String, Field> keys = new LinkedHashMap<>();
    Set<String> meant = new HashSet<>();
    for (Yaml.Entry entry : mapping.entries()) {
      Field key = new Field(entry.key(), whole.path(), whole.problems());
      if (key.value() instanceof Yaml.Text(String name, boolean _, var _)) {
        String path = path(whole, name);
        Field named = new Field(entry.key(), path, whole.problems());
        Field first = keys.putIfAbsent(name, named);
        if (first != null) {
          named.problem(
              "The key " + Quoted.of(name) + Field.twice(first, named) + "; keep one of them.");
        } else if (!allowed.isEmpty() && !allowed.contains(name)) {
          Nearest.of(name, allowed).ifPresent(meant::add);
          named.problem(
              "Unknown key "
                  + Quoted.of(name)
                  + "; allowed here: "
                  + String.join(", ", allowed)
                  + Nearest.hint(name, allowed));
        } else {
          byKey.put(name, new Field(entry.value(), path, whole.problems()));
        }
      } else {
        key.unexpected("a key, which is text");
      }
    }
    return new Fields(whole, byKey, meant, block);
  }

  private static String path(Field whole, String name) {
    String quoted = Quoted.of(name);
    String key = quoted.substring(1, quoted.length() - 1);
    return whole.path().isEmpty() ? key : whole.path() + "." + key;
  }

  /// The field, if the key stands there.
  Optional<Field> get(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /// The field, if the key stands there and has a value: for keys whose empty block can only mean
  /// the default.
  Optional<Field> getUnlessEmpty(String key) {
    return get(key).filter(field -> !field.value().isNothing());
  }

  /// The field; a problem where the key is missing and no unknown key was probably meant for it.
  ///
  /// @param example how it could stand, such as `tier: approve`
  Optional<Field> required(String key, String example) {
    Optional<Field> field = get(key);
    if (field.isEmpty() && !meant.contains(key)) {
      whole
          .problems()
          .add(
              whole.value().at(),
              path(whole, key),
              "The key \"" + key + "\" is missing; add it, such as " + example + ".");
    }
    return field;
  }

  /// The whole number behind a key, within the bounds that the table of keys gives it; empty where
  /// nothing stands there.
  Optional<Integer> wholeNumber(String key) {
    Shape.Whole bounds = (Shape.Whole) block.shape(key);
    return getUnlessEmpty(key).flatMap(it -> it.wholeNumber(bounds.min(), bounds.max()));
  }

  /// The duration behind a key, within its bounds.
  Optional<Duration> duration(String key) {
    Shape.Span bounds = (Shape.Span) block.shape(key);
    return getUnlessEmpty(key).flatMap(it -> it.duration(bounds.min(), bounds.max()));
  }

  /// The switch behind a key.
  Optional<Boolean> onOff(String key) {
    return getUnlessEmpty(key).flatMap(Field::onOff);
  }

  /// The block behind a key, which is a default where it is empty.
  ///
  /// @param example how it could stand, such as `{timeout: 2m}`
  Optional<Fields> block(String key, String example) {
    Block nested = ((Shape.Nested) block.shape(key)).block();
    return getUnlessEmpty(key)
        .flatMap(it -> it.fields("keys with values, such as " + example, nested));
  }

  /// All fields, by key.
  Map<String, Field> all() {
    return byKey;
  }
}
