package io.github.kubewicket.server.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The objects that YAML describes.
final class Manifest {
  static final Path DEPLOY = Path.of("..", "deploy");
  static final Path CHART = DEPLOY.resolve("helm/kubewicket");
  static final Path PLAIN = DEPLOY.resolve("manifests/kubewicket.yaml");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<ObjectNode> objects;

  private Manifest(List<ObjectNode> objects) {
    this.objects = objects;
  }

  static Manifest parse(String yaml) {
    List<ObjectNode> found = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      if (JSON.valueToTree(document) instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return new Manifest(found);
  }

  /// What is installed without Helm, the namespace first.
  static Manifest plain() throws IOException {
    return parse(
        Files.readString(DEPLOY.resolve("manifests/00-namespace.yaml"))
            + "---\n"
            + Files.readString(PLAIN));
  }

  List<ObjectNode> objects() {
    return objects;
  }

  List<ObjectNode> all(String kind) {
    return objects.stream().filter(o -> o.path("kind").asString("").equals(kind)).toList();
  }

  /// The only one of its kind.
  ObjectNode one(String kind) {
    List<ObjectNode> found = all(kind);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects are a " + kind);
    }
    return found.getFirst();
  }

  ObjectNode pod() {
    return (ObjectNode) one("Deployment").at("/spec/template/spec");
  }

  ObjectNode container() {
    return (ObjectNode) pod().at("/containers/0");
  }

  /// The `tools.yaml` in the ConfigMap.
  String tools() {
    return one("ConfigMap").at("/data/tools.yaml").asString("");
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /// All objects as one list for `kubectl apply`.
  String list() {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(objects);
    return list.toString();
  }
}
