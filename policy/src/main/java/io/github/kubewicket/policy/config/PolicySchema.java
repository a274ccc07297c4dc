package io.github.kubewicket.policy.config;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema (2020-12) of `tools.yaml`, for editors. It is made of the table of keys that the
/// readers use. It is wider than they are where JSON Schema cannot say what they check: names of
/// tools, bounds of durations, conditions, names that stand twice. It is narrower in one thing: a
/// block without a value, which readers take for the default, is better left out.
public final class PolicySchema {
  private static final String DURATION = "([0-9]{1,7}d)?([0-9]{1,7}h)?([0-9]{1,7}m)?([0-9]{1,7}s)?";

  private PolicySchema() {}

  /// The schema as indented JSON with a line feed at its end. The same bytes on every machine.
  public static String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Kubewicket's tools.yaml");
    root.put("description", "Which tools agents have, and what they may change.");
    block(Keys.FILE, root);
    String text =
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    return text.replace("\r\n", "\n") + "\n";
  }

  private static void block(Block block, ObjectNode into) {
    into.put("type", "object");
    into.put("additionalProperties", false);
    List<Block.Key> required = block.keys().stream().filter(Block.Key::required).toList();
    if (block.equals(Keys.RULE)) {
      // A preset supplies the tools.
      ArrayNode either = into.putArray("anyOf");
      either.addObject().putArray("required").add("tools");
      either.addObject().putArray("required").add("preset");
      required = required.stream().filter(key -> !key.name().equals("tools")).toList();
    }
    if (!required.isEmpty()) {
      ArrayNode names = into.putArray("required");
      required.forEach(key -> names.add(key.name()));
    }
    ObjectNode properties = into.putObject("properties");
    for (Block.Key key : block.keys()) {
      ObjectNode property = properties.putObject(key.name());
      property.put("description", key.about() + bounds(key.shape()));
      usual(key, property);
      shape(key.shape(), property);
    }
  }

  private static String bounds(Shape shape) {
    return shape instanceof Shape.Span(String min, String max)
        ? " From " + min + " to " + max + "."
        : "";
  }

  private static void usual(Block.Key key, ObjectNode into) {
    if (key.usual().isEmpty()) {
      return;
    }
    switch (key.shape()) {
      case Shape.Whole _ -> into.put("default", Integer.parseInt(key.usual()));
      case Shape.Items _ -> {
        ArrayNode items = into.putArray("default");
        for (String item : key.usual().split(", ", -1)) {
          items.add(item);
        }
      }
      case Shape.Text _,
          Shape.Span _,
          Shape.Switch _,
          Shape.Word _,
          Shape.Nested _,
          Shape.Labels _,
          Shape.Either _ ->
          into.put("default", key.usual());
    }
  }

  private static void shape(Shape shape, ObjectNode into) {
    switch (shape) {
      case Shape.Text(String pattern, int longest) -> {
        into.put("type", "string");
        into.put("minLength", 1);
        into.put("maxLength", longest);
        if (!pattern.isEmpty()) {
          into.put("pattern", "^(" + pattern + ")$");
        }
      }
      case Shape.Whole(int min, int max) -> {
        into.put("type", "integer");
        into.put("minimum", min);
        into.put("maximum", max);
      }
      case Shape.Span _ -> {
        into.put("type", "string");
        into.put("minLength", 2);
        into.put("pattern", "^" + DURATION + "$");
      }
      case Shape.Switch _ -> into.putArray("enum").add("on").add("off").add(true).add(false);
      case Shape.Word(List<String> words) -> {
        ArrayNode all = into.putArray("enum");
        words.forEach(all::add);
      }
      case Shape.Items(Shape item, int least, int most) -> {
        into.put("type", "array");
        into.put("minItems", least);
        into.put("maxItems", most);
        if (!(item instanceof Shape.Nested) && !(item instanceof Shape.Either)) {
          into.put("uniqueItems", true);
        }
        shape(item, into.putObject("items"));
      }
      case Shape.Nested(Block block) -> block(block, into);
      case Shape.Labels _ -> {
        into.put("type", "object");
        into.put("minProperties", 1);
        into.putObject("additionalProperties")
            .putArray("type")
            .add("string")
            .add("number")
            .add("boolean");
      }
      case Shape.Either(List<Shape> shapes) -> {
        ArrayNode any = into.putArray("anyOf");
        shapes.forEach(it -> shape(it, any.addObject()));
      }
    }
  }
}
