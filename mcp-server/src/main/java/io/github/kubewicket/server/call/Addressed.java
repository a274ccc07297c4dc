package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.PolicyTool;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.cluster.ClusterView;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools as they are where there are several clusters: one more argument says which, and the answer
/// says it too. No tool knows of it.
final class Addressed {
  /// The argument, and where an answer names the cluster.
  static final String CLUSTER = "cluster";

  private static final String CURSOR = "cursor";

  private Addressed() {}

  /// This tool for these clusters.
  static Tool to(List<String> clusters, Tool tool) {
    Field<String> field = Field.word(CLUSTER, "Which cluster", clusters).required();
    return switch (tool) {
      case ReadTool<?> read -> new Read<>(read, field);
      case PolicyTool<?> policy -> new Told<>(policy, field);
      case WriteTool<?> write -> new Write<>(write, field);
    };
  }

  /// The arguments as the tool itself knows them: a cursor without the name of the cluster that it
  /// came from. One from another cluster keeps it, and so is none that the tool wrote.
  static JsonNode received(JsonNode arguments, String cluster) {
    String given = arguments.path(CURSOR).asString("");
    if (cluster.isEmpty()
        || !(arguments instanceof ObjectNode object)
        || !given.startsWith(cluster + ".")) {
      return arguments;
    }
    return object.deepCopy().put(CURSOR, given.substring(cluster.length() + 1));
  }

  /// The answer with the cluster's name, in its cursor too.
  static Reply told(Reply reply, Tool tool, String cluster) {
    ObjectNode structured = reply.structured().deepCopy();
    if (structured.path(CURSOR).isString()) {
      structured.put(CURSOR, cluster + "." + structured.path(CURSOR).asString());
    }
    structured.put(CLUSTER, cluster);
    // Refusals begin with their code, and what is said of a change names the cluster already.
    String text =
        tool instanceof ReadTool<?> && !reply.error()
            ? "On cluster " + cluster + ": " + reply.text()
            : reply.text();
    return new Reply(text, structured, reply.error());
  }

  /// How much of an answer's budget the name takes.
  static int bytes(String cluster) {
    return 3 * cluster.length() + 40;
  }

  private static ObjectNode named(ObjectNode schema) {
    ObjectNode named = schema.deepCopy();
    if (named.path("properties") instanceof ObjectNode properties) {
      properties.putObject(CLUSTER).put("type", "string");
    }
    return named;
  }

  private record Read<A>(ReadTool<A> tool, Field<String> field) implements ReadTool<A> {
    @Override
    public String name() {
      return tool.name();
    }

    @Override
    public String title() {
      return tool.title();
    }

    @Override
    public String description() {
      return tool.description();
    }

    @Override
    public Input<A> input() {
      return tool.input().after(field);
    }

    @Override
    public ObjectNode outputSchema() {
      return named(tool.outputSchema());
    }

    @Override
    public boolean idempotent() {
      return tool.idempotent();
    }

    @Override
    public Reply read(A arguments, ClusterView cluster, int budget) {
      return tool.read(arguments, cluster, budget);
    }
  }

  private record Told<A>(PolicyTool<A> tool, Field<String> field) implements PolicyTool<A> {
    @Override
    public String name() {
      return tool.name();
    }

    @Override
    public String title() {
      return tool.title();
    }

    @Override
    public String description() {
      return tool.description();
    }

    @Override
    public Input<A> input() {
      return tool.input().after(field);
    }

    @Override
    public ObjectNode outputSchema() {
      return named(tool.outputSchema());
    }

    @Override
    public boolean idempotent() {
      return tool.idempotent();
    }

    @Override
    public Reply answer(A arguments, PolicyDesk desk, int budget) {
      return tool.answer(arguments, desk, budget);
    }
  }

  private record Write<A>(WriteTool<A> tool, Field<String> field) implements WriteTool<A> {
    @Override
    public String name() {
      return tool.name();
    }

    @Override
    public String title() {
      return tool.title();
    }

    @Override
    public String description() {
      return tool.description();
    }

    @Override
    public Input<A> input() {
      return tool.input().after(field);
    }

    @Override
    public ObjectNode outputSchema() {
      return named(tool.outputSchema());
    }

    @Override
    public boolean idempotent() {
      return tool.idempotent();
    }

    @Override
    public ChangeClass changeClass() {
      return tool.changeClass();
    }

    @Override
    public Plan plan(A arguments) {
      return tool.plan(arguments);
    }
  }
}
