package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.KindSchema;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells which kinds the cluster serves, and what a kind or one of its fields is made of.
public final class DescribeKind implements ReadTool<DescribeKind.Args> {
  private static final Field<String> KIND =
      Field.text("kind", "Any kind or short name; all kinds when absent");
  private static final Field<String> PATH =
      Field.text("path", "A field of the kind, such as spec.template.spec");

  /// What a call asks for.
  ///
  /// @param kind empty for all kinds
  /// @param path empty for the kind itself
  public record Args(Optional<String> kind, Optional<String> path) {}

  @Override
  public String name() {
    return "describe_kind";
  }

  @Override
  public String title() {
    return "Describe a kind";
  }

  @Override
  public String description() {
    return "Without kind: which kinds the cluster serves, custom ones too, by API group. With kind:"
        + " version, names, verbs and fields with types; path goes down to a field, as in kubectl"
        + " explain. When truncated is true, ask for a path further down.";
  }

  @Override
  public Input<Args> input() {
    return Input.of(values -> new Args(values.find(KIND), values.find(PATH)), KIND, PATH);
  }

  @Override
  public ObjectNode outputSchema() {
    return Schema.answer(
        """
        {"groups":{"type":"object"},"kind":{"type":"string"},"apiVersion":{"type":"string"},\
        "type":{"type":"string"},"fields":{"type":"array"},"truncated":{"type":"boolean"}}\
        """,
        "truncated");
  }

  @Override
  public Reply read(Args args, ClusterView cluster, int budget) {
    if (args.kind().isEmpty()) {
      return all(cluster, budget);
    }
    KindInfo kind = cluster.kind(args.kind().get());
    List<String> path = args.path().map(DescribeKind::names).orElse(List.of());
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    structured.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    String text =
        kind.kind()
            + " ("
            + kind.apiVersion()
            + (kind.namespaced() ? ", in a namespace" : ", cluster-wide")
            + ")";
    if (path.isEmpty()) {
      names(kind, structured);
    } else {
      String shown = Untrusted.line(String.join(".", path), 200);
      structured.put("path", shown);
      text += " " + shown;
    }
    KindSchema schema;
    try {
      schema = cluster.schema(kind, path);
    } catch (ClusterException e) {
      if (!path.isEmpty() || e.denial().code() != Reason.NOT_FOUND) {
        throw e;
      }
      structured.put("truncated", false);
      return new Reply(text + ". " + e.denial().message(), structured, false);
    }
    return fields(schema, text, structured, budget);
  }

  private static Reply fields(KindSchema schema, String title, ObjectNode structured, int budget) {
    structured.put("type", schema.type());
    if (!schema.values().isEmpty()) {
      ArrayNode values = structured.putArray("values");
      schema.values().forEach(values::add);
    }
    String text = title + ": " + schema.type() + ". " + schema.description();
    int room = budget - Sizes.of(structured) - Sizes.of(text) - 260;
    // Long descriptions go first: all names with types are worth more than a few explained.
    for (int longest : new int[] {160, 80, 0}) {
      ArrayNode fields = fields(schema, longest);
      if (Sizes.of(fields) <= room || longest == 0) {
        int all = fields.size();
        while (Sizes.of(fields) > room && !fields.isEmpty()) {
          fields.remove(fields.size() - 1);
        }
        structured.set("fields", fields);
        structured.put("truncated", fields.size() < all);
        text += " " + all + (all == 1 ? " field" : " fields");
        text += fields.size() < all ? ", of which " + fields.size() + " fit." : ".";
        break;
      }
    }
    return new Reply(text, structured, false);
  }

  private static ArrayNode fields(KindSchema schema, int longest) {
    ArrayNode fields = JsonNodeFactory.instance.arrayNode();
    for (KindSchema.Field field : schema.fields()) {
      ObjectNode node = fields.addObject();
      node.put("name", field.name()).put("type", field.type());
      if (field.required()) {
        node.put("required", true);
      }
      if (longest > 0 && !field.description().isEmpty()) {
        node.put("about", Untrusted.line(field.description(), longest));
      }
    }
    return fields;
  }

  private static void names(KindInfo kind, ObjectNode structured) {
    ArrayNode names = structured.putArray("names");
    names.add(kind.plural());
    names.add(kind.singular());
    kind.shortNames().forEach(names::add);
    structured.put("namespaced", kind.namespaced());
    ArrayNode verbs = structured.putArray("verbs");
    new TreeSet<>(kind.verbs()).forEach(verbs::add);
    if (!kind.subresources().isEmpty()) {
      ArrayNode subresources = structured.putArray("subresources");
      new TreeSet<>(kind.subresources()).forEach(subresources::add);
    }
  }

  private static Reply all(ClusterView cluster, int budget) {
    Map<String, List<String>> byGroup = new LinkedHashMap<>();
    for (KindInfo kind : cluster.kinds()) {
      String shown =
          kind.plural()
              + (kind.shortNames().isEmpty() ? "" : " (" + kind.shortNames().getFirst() + ")")
              + (kind.namespaced() ? "" : "*");
      byGroup.computeIfAbsent(kind.apiVersion(), group -> new ArrayList<>()).add(shown);
    }
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    ObjectNode groups = structured.putObject("groups");
    int count = cluster.kinds().size();
    String text =
        count + " kinds in " + byGroup.size() + " API groups; * marks those without a namespace.";
    if (!cluster.brokenGroups().isEmpty()) {
      text +=
          " These groups do not answer now: "
              + Untrusted.line(String.join(", ", cluster.brokenGroups()), 300)
              + ".";
    }
    int room = budget - Sizes.of(text) - 300;
    int left = count;
    for (Map.Entry<String, List<String>> group : byGroup.entrySet()) {
      String names = Untrusted.line(String.join(", ", group.getValue()), 4_000);
      int size = Sizes.of(names) + Sizes.of(group.getKey()) + 6;
      if (size > room) {
        break;
      }
      room -= size;
      left -= group.getValue().size();
      groups.put(Untrusted.line(group.getKey(), 200), names);
    }
    structured.put("truncated", left > 0);
    return new Reply(
        left > 0 ? text + " " + left + " kinds did not fit: describe one by its name." : text,
        structured,
        false);
  }

  private static List<String> names(String path) {
    return FieldPath.parse(path).steps().stream()
        .filter(FieldPath.Step.Key.class::isInstance)
        .map(step -> ((FieldPath.Step.Key) step).name())
        .toList();
  }
}
