package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.store.Key;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a container does when it runs. Nothing is executed here: the behaviour follows from the
/// image's name and from the configuration that the container reads, so that a wrong host in a
/// ConfigMap is a fault that can be found and mended.
public sealed interface Behaviour {
  /// Gets ready and stays so.
  record Serves() implements Behaviour {}

  /// Starts and never gets ready: images whose tag contains `unready`.
  record NeverReady() implements Behaviour {}

  /// The image cannot be pulled: images whose tag contains `missing`.
  record NoImage() implements Behaviour {}

  /// Works for a while and ends well: containers of jobs.
  record Works() implements Behaviour {}

  /// Ends with exit code 1 because a host that it is told to use is no Service: an environment
  /// variable whose name ends in `_HOST`, taken from a ConfigMap.
  ///
  /// @param variable that names the host
  /// @param host that does not exist
  record CannotResolve(String variable, String host) implements Behaviour {}

  /// The behaviour of a container, from what stands in the store now.
  static Behaviour of(World world, ObjectNode pod, ObjectNode container) {
    String image = Json.text(container, "image");
    String tag = image.substring(image.lastIndexOf('/') + 1);
    if (tag.contains("missing")) {
      return new NoImage();
    }
    for (ObjectNode variable : Json.objects(container, "env")) {
      String name = Json.text(variable, "name");
      Optional<String> host = configured(world, pod, variable);
      if (name.endsWith("_HOST") && host.isPresent() && !resolves(world, pod, host.get())) {
        return new CannotResolve(name, host.get());
      }
    }
    if (!Json.text(pod, "spec", "restartPolicy").equals("Always")) {
      return new Works();
    }
    return tag.contains("unready") ? new NeverReady() : new Serves();
  }

  private static Optional<String> configured(World world, ObjectNode pod, ObjectNode variable) {
    String map = Json.text(variable, "valueFrom", "configMapKeyRef", "name");
    String key = Json.text(variable, "valueFrom", "configMapKeyRef", "key");
    return world
        .store()
        .get(new Key("configmaps", Objects.namespace(pod), map))
        .map(found -> Json.text(found, "data", key));
  }

  private static boolean resolves(World world, ObjectNode pod, String host) {
    String[] parts = host.split("\\.");
    String namespace = parts.length > 1 ? parts[1] : Objects.namespace(pod);
    return world.store().get(new Key("services", namespace, parts[0])).isPresent();
  }
}
