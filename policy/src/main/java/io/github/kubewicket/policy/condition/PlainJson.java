package io.github.kubewicket.policy.condition;

import dev.cel.common.values.NullValue;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON as CEL's own values: maps, lists, strings, `Long`, `Double`, booleans and CEL's null.
///
/// CEL takes neither a Java null (it answers with a set of unknowns, and throws nothing) nor an
/// `Integer` (it finds no overload), so neither leaves here. Objects and arrays are views: a
/// condition looks at a few fields of an object that has hundreds, and only those are converted.
final class PlainJson {
  private PlainJson() {}

  /// The value of a node. What an object or array holds is converted when it is looked at.
  ///
  /// @throws IllegalArgumentException when it is a number that CEL does not have: an integer
  ///   outside 64 bits, a fraction outside the range of a double; one clause for people
  static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> new Members(node);
      case ARRAY -> new Elements(node);
      case STRING -> node.asString();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL -> NullValue.NULL_VALUE;
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("a field holds what JSON does not have");
    };
  }

  /// Not a conditional expression: that would make every integer a double.
  private static Object number(JsonNode node) {
    if (node.isIntegralNumber()) {
      return integer(node);
    }
    return fraction(node);
  }

  private static long integer(JsonNode node) {
    if (!node.canConvertToLong()) {
      throw new IllegalArgumentException("a field holds an integer outside 64 bits");
    }
    return node.longValue();
  }

  private static double fraction(JsonNode node) {
    try {
      double fraction = node.doubleValue();
      if (Double.isFinite(fraction)) {
        return fraction;
      }
      throw new IllegalArgumentException("a field holds a number that is too large");
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a field holds a number that is too large", e);
    }
  }

  private static final class Members extends AbstractMap<String, Object> {
    private final JsonNode node;

    private Members(JsonNode node) {
      this.node = node;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      JsonNode member = key instanceof String name ? node.get(name) : null;
      return member == null ? null : of(member);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
      return node.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
          return node.properties().stream()
              .map(member -> Map.entry(member.getKey(), of(member.getValue())))
              .iterator();
        }

        @Override
        public int size() {
          return node.size();
        }
      };
    }
  }

  private static final class Elements extends AbstractList<Object> implements RandomAccess {
    private final JsonNode node;

    private Elements(JsonNode node) {
      this.node = node;
    }

    @Override
    public Object get(int index) {
      JsonNode element = node.get(index);
      if (element == null) {
        throw new IndexOutOfBoundsException(index);
      }
      return of(element);
    }

    @Override
    public int size() {
      return node.size();
    }
  }
}
