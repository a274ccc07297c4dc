package io.github.kubewicket.server.catalogue;

import java.util.Map;
import java.util.Optional;

/// The arguments of one call after every field was checked.
public final class Values {
  private final Map<String, Object> byName;

  Values(Map<String, Object> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// The value of a field that is required or has a default.
  public <T> T get(Field<T> field) {
    return find(field).orElseThrow(() -> new IllegalStateException("no value for " + field.name()));
  }

  /// The value of a field, if it was given or has a default.
  public <T> Optional<T> find(Field<T> field) {
    return Optional.ofNullable(byName.get(field.name())).map(field.type()::cast);
  }
}
