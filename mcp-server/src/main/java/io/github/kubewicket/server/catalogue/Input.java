package io.github.kubewicket.server.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A tool's arguments: a closed schema, and the record that they are bound to.
///
/// @param <A> the record
public final class Input<A> {
  private final List<Field<?>> fields;
  private final Function<Values, A> record;

  private Input(List<Field<?>> fields, Function<Values, A> record) {
    this.fields = List.copyOf(fields);
    this.record = record;
  }

  /// Binds these fields to a record. The function may refuse with [IllegalArgumentException], whose
  /// message is told to the caller.
  public static <A> Input<A> of(Function<Values, A> record, Field<?>... fields) {
    return new Input<>(List.of(fields), record);
  }

  /// The same record, with one more field before the others, whose value is checked but not part of
  /// the record.
  public Input<A> after(Field<?> more) {
    List<Field<?>> all = new ArrayList<>();
    all.add(more);
    all.addAll(fields);
    return new Input<>(all, record);
  }

  /// The JSON Schema: an object that knows these properties and no others.
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Field<?> field : fields) {
      properties.set(field.name(), field.schema());
      if (field.isRequired()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  /// Binds a call's arguments.
  public Bound<A> bind(JsonNode json) {
    if (!json.isObject() && !json.isMissingNode() && !json.isNull()) {
      return new Bound.Invalid<>("The arguments have to be a JSON object.");
    }
    for (String name : json.propertyNames()) {
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        return new Bound.Invalid<>(
            "Unknown argument \"" + shown(name) + "\"; this tool takes " + names() + ".");
      }
    }
    Map<String, Object> values = new HashMap<>();
    for (Field<?> field : fields) {
      JsonNode given = json.path(field.name());
      if (given.isMissingNode() || given.isNull()) {
        if (field.isRequired()) {
          return new Bound.Invalid<>("The argument \"" + field.name() + "\" is required.");
        }
        field.fallback().ifPresent(value -> values.put(field.name(), value));
        continue;
      }
      switch (field.check(given)) {
        case Field.Checked.Fine<?>(Object value) -> values.put(field.name(), value);
        case Field.Checked.Wrong<?>(String allowed) -> {
          return new Bound.Invalid<>(
              "The argument \"" + field.name() + "\" has to be " + allowed + ".");
        }
      }
    }
    try {
      return new Bound.Ready<>(record.apply(new Values(values)));
    } catch (IllegalArgumentException e) {
      return new Bound.Invalid<>(String.valueOf(e.getMessage()));
    }
  }

  private String names() {
    return String.join(", ", fields.stream().map(Field::name).toList());
  }

  private static String shown(String name) {
    String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= 60 ? clean : clean.substring(0, 60) + "…";
  }
}
