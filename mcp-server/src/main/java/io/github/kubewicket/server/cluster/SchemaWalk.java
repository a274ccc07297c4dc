package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Walks from a kind's schema to one of its fields and tells what is there.
final class SchemaWalk {
  private static final int MAX_REFERENCES = 20;
  private static final int FIELD_DESCRIPTION = 160;
  private static final int DESCRIPTION = 600;

  private final Function<String, Optional<JsonNode>> definitions;

  /// @param definitions finds a definition by the name that a `$ref` ends in
  SchemaWalk(Function<String, Optional<JsonNode>> definitions) {
    this.definitions = definitions;
  }

  /// What stands at this path below `root`; lists are walked through without an index.
  ///
  /// @throws ClusterException `BAD_ARGS` for a field that is not there
  KindSchema at(JsonNode root, List<String> path) {
    JsonNode here = resolve(root);
    String description = description(root, here);
    String declared = type(root);
    List<String> walked = new ArrayList<>();
    for (String name : path) {
      JsonNode container = inside(here);
      JsonNode next = container.path("properties").path(name);
      if (next.isMissingNode() && container.path("additionalProperties").isObject()) {
        next = container.path("additionalProperties");
      }
      if (next.isMissingNode()) {
        throw unknown(name, walked, container);
      }
      walked.add(name);
      here = resolve(next);
      description = description(next, here);
      declared = type(next);
    }
    JsonNode container = inside(here);
    return new KindSchema(
        declared, Untrusted.line(description, DESCRIPTION), values(here), fields(container));
  }

  private List<KindSchema.Field> fields(JsonNode container) {
    Set<String> required = new HashSet<>();
    container.path("required").forEach(name -> required.add(name.asString("")));
    List<KindSchema.Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : container.path("properties").properties()) {
      JsonNode schema = field.getValue();
      String name = field.getKey();
      fields.add(
          new KindSchema.Field(
              Untrusted.line(name, 100),
              type(schema),
              required.contains(name),
              firstSentence(description(schema, resolve(schema)))));
    }
    return fields;
  }

  /// The object behind lists and maps of it.
  private JsonNode inside(JsonNode schema) {
    JsonNode here = schema;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      if (here.path("items").isObject()) {
        here = resolve(here.path("items"));
      } else if (here.path("additionalProperties").isObject() && !here.has("properties")) {
        JsonNode value = resolve(here.path("additionalProperties"));
        if (!value.has("properties") && !value.path("items").isObject()) {
          return here;
        }
        here = value;
      } else {
        return here;
      }
    }
    return here;
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode here = schema;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      String reference = here.path("$ref").asString("");
      if (reference.isEmpty() && here.path("allOf").size() == 1 && !here.has("properties")) {
        reference = here.path("allOf").path(0).path("$ref").asString("");
      }
      if (reference.isEmpty()) {
        return here;
      }
      here =
          definitions
              .apply(reference.substring(reference.lastIndexOf('/') + 1))
              .orElse(MissingNode.getInstance());
    }
    return here;
  }

  private String type(JsonNode schema) {
    return type(schema, 0);
  }

  private String type(JsonNode schema, int depth) {
    if (depth > MAX_REFERENCES) {
      return "Object";
    }
    JsonNode here = resolve(schema);
    if (here.path("x-kubernetes-int-or-string").asBoolean(false)
        || here.path("format").asString("").equals("int-or-string")) {
      return "IntOrString";
    }
    if (here.path("items").isObject()) {
      return "[]" + type(here.path("items"), depth + 1);
    }
    if (here.path("additionalProperties").isObject() && !here.has("properties")) {
      return "map[string]" + type(here.path("additionalProperties"), depth + 1);
    }
    String type = here.path("type").asString("");
    return type.isEmpty() || type.equals("object") ? "Object" : Untrusted.line(type, 30);
  }

  private static String description(JsonNode schema, JsonNode resolved) {
    String own = schema.path("description").asString("");
    return Redaction.text(own.isEmpty() ? resolved.path("description").asString("") : own);
  }

  private static List<String> values(JsonNode schema) {
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(value -> values.add(Untrusted.line(value.asString(""), 80)));
    return values.size() > 40 ? values.subList(0, 40) : values;
  }

  private static String firstSentence(String text) {
    String line = Untrusted.line(text, 2_000);
    int end = line.indexOf(". ");
    return Untrusted.line(end > 0 ? line.substring(0, end + 1) : line, FIELD_DESCRIPTION);
  }

  private static ClusterException unknown(String name, List<String> walked, JsonNode container) {
    List<String> names = new ArrayList<>();
    container.path("properties").propertyNames().forEach(names::add);
    String where = walked.isEmpty() ? "the kind" : String.join(".", walked);
    return new ClusterException(
        Reason.BAD_ARGS,
        "There is no field \"" + Untrusted.line(name, 60) + "\" in " + where + ".",
        names.isEmpty()
            ? "The schema says nothing about what is in it."
            : "Fields there: " + Untrusted.line(String.join(", ", names), 300) + ".");
  }
}
