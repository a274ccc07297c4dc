package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Lists the objects of any kind, as kubectl's own columns.
public final class ListResources implements ReadTool<ListResources.Args> {
  private static final int MOST = 500;
  private static final int LONGEST_CELL = 200;
  private static final int SHORTEST_CELL = 20;

  private static final Field<String> KIND =
      Field.text("kind", "Any kind or short name, such as pods, deploy, widgets.example.com")
          .required();
  private static final Field<String> NAMESPACE =
      Field.text("namespace", "All namespaces when absent");
  private static final Field<String> LABELS = Field.text("labelSelector", "Such as app=web");
  private static final Field<String> FIELDS =
      Field.text("fieldSelector", "Such as spec.nodeName=node-a");

  @SuppressWarnings("rawtypes")
  private static final Field<List> COLUMNS =
      Field.texts("columns", "Column names, or [\"wide\"] for all");

  private static final Field<Integer> LIMIT =
      Field.integer("limit", "Rows at most; what fits when absent", 1, MOST);
  private static final Field<String> CURSOR =
      Field.text("cursor", "From a truncated answer, for the rows after it");

  /// What a call asks for.
  ///
  /// @param kind any name of a kind
  /// @param namespace empty for all
  /// @param labelSelector empty for all
  /// @param fieldSelector empty for all
  /// @param columns empty for kubectl's
  /// @param limit 0 for what fits
  /// @param cursor where to go on
  public record Args(
      String kind,
      Optional<String> namespace,
      String labelSelector,
      String fieldSelector,
      List<String> columns,
      int limit,
      Optional<String> cursor) {}

  @Override
  public String name() {
    return "list_resources";
  }

  @Override
  public String title() {
    return "List resources";
  }

  @Override
  public String description() {
    return "List objects of any kind as kubectl prints them: counts by state, then rows, unhealthy"
        + " first. When truncated is true, narrow by namespace or selector, or pass cursor for the"
        + " next rows. Then use get_resource for one object.";
  }

  @Override
  public Input<Args> input() {
    return Input.of(
        values ->
            new Args(
                values.get(KIND),
                values.find(NAMESPACE),
                values.find(LABELS).orElse(""),
                values.find(FIELDS).orElse(""),
                strings(values.find(COLUMNS).orElse(List.of())),
                values.find(LIMIT).orElse(0),
                values.find(CURSOR)),
        KIND,
        NAMESPACE,
        LABELS,
        FIELDS,
        COLUMNS,
        LIMIT,
        CURSOR);
  }

  @Override
  public ObjectNode outputSchema() {
    return Schema.answer(
        """
        {"total":{"type":"integer"},"states":{"type":"object"},"columns":{"type":"array"},\
        "rows":{"type":"array","items":{"type":"array"}},"truncated":{"type":"boolean"},\
        "cursor":{"type":"string"}}\
        """,
        "rows");
  }

  @Override
  public Reply read(Args args, ClusterView cluster, int budget) {
    KindInfo kind = cluster.kind(args.kind());
    if (!kind.verbs().contains("list")) {
      throw new ClusterException(
          Reason.BAD_ARGS,
          "Objects of kind " + kind.kind() + " cannot be listed.",
          "Call describe_kind to see what can be done with it.");
    }
    Optional<String> namespace = args.namespace().filter(given -> kind.namespaced());
    Cursor cursor =
        new Cursor(
            name(),
            List.of(
                kind.plural() + "." + kind.apiVersion(),
                namespace.orElse(""),
                args.labelSelector(),
                args.fieldSelector()));
    Optional<ResourcePage.Entry> after = cursor.read(args.cursor(), 3, ResourcePage::place);
    ResourcePage page =
        new ResourcePage(args.columns(), after, args.limit() == 0 ? MOST : args.limit());
    cluster.table(new ListQuery(kind, namespace, args.labelSelector(), args.fieldSelector()), page);
    if (page.total() == 0 && namespace.isPresent()) {
      refuseMissing(namespace.get(), cluster);
    }
    return answer(kind, namespace, cursor, page, budget);
  }

  /// Kubernetes lists a namespace that does not exist as an empty one. Whoever may not look at
  /// namespaces gets the empty list.
  private static void refuseMissing(String namespace, ClusterView cluster) {
    try {
      cluster.get(cluster.kind("v1/namespaces"), Optional.empty(), namespace);
    } catch (ClusterException e) {
      if (e.denial().code() == Reason.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Reply answer(
      KindInfo kind, Optional<String> namespace, Cursor cursor, ResourcePage page, int budget) {
    boolean everywhere = kind.namespaced() && namespace.isEmpty();
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    structured.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    namespace.ifPresent(name -> structured.put("namespace", Untrusted.line(name, 100)));
    structured.put("total", page.total());
    if (!page.states().isEmpty()) {
      ObjectNode states = structured.putObject("states");
      page.states().forEach(states::put);
    }
    ArrayNode columns = structured.putArray("columns");
    if (everywhere) {
      columns.add("Namespace");
    }
    page.names().forEach(columns::add);

    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    String summary = summary(kind, namespace, page);
    // Room for the text's second sentence, the flag and the cursor.
    int room = budget - Sizes.of(structured) - Sizes.of(summary) - 620;
    ResourcePage.Entry last = null;
    for (ResourcePage.Entry entry : page.entries()) {
      ArrayNode row = row(page, entry, everywhere, LONGEST_CELL);
      if (Sizes.of(row) >= room) {
        if (last != null) {
          break;
        }
        row = row(page, entry, everywhere, SHORTEST_CELL);
      }
      int size = Sizes.of(row) + 1;
      room -= size;
      rows.add(row);
      last = entry;
    }
    structured.set("rows", rows);
    boolean truncated = rows.size() < page.remaining();
    structured.put("truncated", truncated);
    if (truncated && last != null) {
      structured.put(
          "cursor",
          cursor.write(List.of(String.valueOf(last.rank()), last.namespace(), last.name())));
      summary +=
          " Showing "
              + rows.size()
              + " of the "
              + number(page.remaining())
              + " rows from here, unhealthy first; pass cursor for the next, or narrow the query.";
    }
    return new Reply(summary, structured, false);
  }

  private static ArrayNode row(
      ResourcePage page, ResourcePage.Entry entry, boolean everywhere, int longest) {
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    if (everywhere) {
      row.add(entry.namespace());
    }
    page.cells(entry).forEach(cell -> row.add(Untrusted.line(cell, longest)));
    return row;
  }

  private static String summary(KindInfo kind, Optional<String> namespace, ResourcePage page) {
    String where =
        kind.namespaced()
            ? namespace
                .map(name -> " in namespace " + Untrusted.line(name, 100))
                .orElse(" in all namespaces")
            : "";
    List<String> states = new ArrayList<>();
    for (Map.Entry<String, Integer> state : page.states().entrySet()) {
      states.add(number(state.getValue()) + " " + Untrusted.line(state.getKey(), 60));
    }
    return (page.total() == 0 ? "No" : number(page.total()))
        + " "
        + (page.total() == 1 ? kind.singular() : kind.plural())
        + where
        + (states.isEmpty() ? "." : ": " + String.join(", ", states) + ".");
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(String::valueOf).toList();
  }
}
