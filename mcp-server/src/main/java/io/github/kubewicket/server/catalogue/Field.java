package io.github.kubewicket.server.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One argument of a tool: its name, its JSON Schema and its check, written once.
///
/// @param <T> `String`, `Integer`, `Double`, `Boolean` or `List`
public final class Field<T> {
  private static final int MAX_TEXT = 4_096;
  private static final int MAX_ITEMS = 50;

  private final String name;
  private final Class<T> type;
  private final ObjectNode schema;
  private final Check<T> check;
  private final boolean required;
  private final @Nullable T fallback;

  private Field(
      String name,
      Class<T> type,
      ObjectNode schema,
      Check<T> check,
      boolean required,
      @Nullable T fallback) {
    this.name = name;
    this.type = type;
    this.schema = schema;
    this.check = check;
    this.required = required;
    this.fallback = fallback;
  }

  /// Turns JSON into a value, or says what is allowed instead.
  private interface Check<T> {
    Checked<T> of(JsonNode json);
  }

  /// A value, or what is wrong with it.
  sealed interface Checked<T> {
    /// The value.
    record Fine<T>(T value) implements Checked<T> {}

    /// What is allowed instead.
    record Wrong<T>(String allowed) implements Checked<T> {}
  }

  /// One line of text of at most 4,096 characters.
  public static Field<String> text(String name, String description) {
    return new Field<>(
        name,
        String.class,
        described("string", description),
        json ->
            json.isString() && json.asString().length() <= MAX_TEXT && !json.asString().isBlank()
                ? new Checked.Fine<>(json.asString().strip())
                : new Checked.Wrong<>("a text of 1 to " + MAX_TEXT + " characters"),
        false,
        null);
  }

  /// Text that matches `pattern` whole.
  public static Field<String> text(
      String name, String description, Pattern pattern, String allowed) {
    ObjectNode schema = described("string", description);
    return new Field<>(
        name,
        String.class,
        schema,
        json ->
            json.isString()
                    && json.asString().length() <= MAX_TEXT
                    && pattern.matcher(json.asString()).matches()
                ? new Checked.Fine<>(json.asString())
                : new Checked.Wrong<>(allowed),
        false,
        null);
  }

  /// One of these words.
  public static Field<String> word(String name, String description, List<String> words) {
    ObjectNode schema = described("string", description);
    words.forEach(schema.putArray("enum")::add);
    return new Field<>(
        name,
        String.class,
        schema,
        json ->
            json.isString() && words.contains(json.asString())
                ? new Checked.Fine<>(json.asString())
                : new Checked.Wrong<>("one of " + String.join(", ", words)),
        false,
        null);
  }

  /// A whole number from `min` to `max`.
  public static Field<Integer> integer(String name, String description, int min, int max) {
    ObjectNode schema = described("integer", description).put("minimum", min).put("maximum", max);
    return new Field<>(
        name,
        Integer.class,
        schema,
        json ->
            json.isIntegralNumber()
                    && json.canConvertToInt()
                    && json.asInt() >= min
                    && json.asInt() <= max
                ? new Checked.Fine<>(json.asInt())
                : new Checked.Wrong<>("a whole number from " + min + " to " + max),
        false,
        null);
  }

  /// A number from `min` to `max`.
  public static Field<Double> number(String name, String description, double min, double max) {
    ObjectNode schema = described("number", description).put("minimum", min).put("maximum", max);
    return new Field<>(
        name,
        Double.class,
        schema,
        json ->
            json.isNumber() && json.asDouble() >= min && json.asDouble() <= max
                ? new Checked.Fine<>(json.asDouble())
                : new Checked.Wrong<>("a number from " + min + " to " + max),
        false,
        null);
  }

  /// True or false.
  public static Field<Boolean> flag(String name, String description) {
    return new Field<>(
        name,
        Boolean.class,
        described("boolean", description),
        json ->
            json.isBoolean()
                ? new Checked.Fine<>(json.asBoolean())
                : new Checked.Wrong<>("true or false"),
        false,
        null);
  }

  /// A list of at most 50 texts.
  @SuppressWarnings("rawtypes")
  public static Field<List> texts(String name, String description) {
    ObjectNode schema = described("array", description);
    schema.putObject("items").put("type", "string");
    return new Field<>(name, List.class, schema, Field::texts, false, null);
  }

  @SuppressWarnings("rawtypes")
  private static Checked<List> texts(JsonNode json) {
    if (!json.isArray() || json.size() > MAX_ITEMS) {
      return new Checked.Wrong<>("a list of at most " + MAX_ITEMS + " texts");
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : json) {
      if (!item.isString() || item.asString().length() > MAX_TEXT) {
        return new Checked.Wrong<>("a list of at most " + MAX_ITEMS + " texts");
      }
      items.add(item.asString());
    }
    return new Checked.Fine<>(List.copyOf(items));
  }

  /// The same field, which a call must give.
  public Field<T> required() {
    return new Field<>(name, type, schema, check, true, null);
  }

  /// The same field, with this value where a call is silent.
  public Field<T> orElse(T value) {
    ObjectNode withDefault = schema.deepCopy();
    withDefault.putPOJO("default", value);
    return new Field<>(name, type, withDefault, check, false, value);
  }

  /// The argument's name.
  public String name() {
    return name;
  }

  Class<T> type() {
    return type;
  }

  ObjectNode schema() {
    return schema;
  }

  boolean isRequired() {
    return required;
  }

  Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  Checked<T> check(JsonNode json) {
    return check.of(json);
  }

  private static ObjectNode described(String type, String description) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("description", description);
  }
}
