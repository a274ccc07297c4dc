package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterView;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A tool in name only; [FakeCalls] does its work.
public record FakeTool(String name, Field<?>... fields) implements ReadTool<String> {
  @Override
  public String title() {
    return "The tool " + name;
  }

  @Override
  public String description() {
    return "Does " + name + ".";
  }

  @Override
  public Input<String> input() {
    return Input.of(_ -> name, fields);
  }

  @Override
  public ObjectNode outputSchema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties").putObject("tool").put("type", "string");
    schema.putArray("required").add("tool");
    return schema.put("additionalProperties", false);
  }

  @Override
  public Reply read(String arguments, ClusterView cluster, int budget) {
    throw new UnsupportedOperationException("FakeCalls answers instead");
  }
}
