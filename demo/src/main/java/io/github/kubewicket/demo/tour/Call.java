package io.github.kubewicket.demo.tour;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A call of a tool, its arguments in the order in which they are shown.
///
/// @param tool the tool's name
/// @param arguments text or numbers
record Call(String tool, Map<String, Object> arguments) {
  Call {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  Call(String tool) {
    this(tool, Map.of());
  }

  /// The same call with one argument more.
  Call with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new Call(tool, more);
  }
}
