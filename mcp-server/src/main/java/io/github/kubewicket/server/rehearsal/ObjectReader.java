package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.config.LocatedYaml;
import io.github.kubewicket.policy.config.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Reads the objects of a cluster: written out, as a `List` of kubectl, or in another file.
final class ObjectReader {
  private final Path folder;
  private final List<Problem> problems;

  /// @param folder in which relative names of files are looked for
  ObjectReader(Path folder, List<Problem> problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /// The objects of a list.
  List<ObjectNode> read(Part list) {
    List<ObjectNode> objects = new ArrayList<>();
    for (Part item : list.items("a list of Kubernetes objects, or of {file: NAME}")) {
      if (item.value().has("file")) {
        objects.addAll(file(item));
      } else {
        objects.addAll(objects(item));
      }
    }
    return objects;
  }

  private List<ObjectNode> file(Part item) {
    Optional<Path> path =
        item.hasOnly("{file: NAME}", Set.of("file"))
            ? item.find("file").flatMap(name -> name.text("the name of a file")).flatMap(this::path)
            : Optional.empty();
    if (path.isEmpty()) {
      item.problem("Expected the name of a file beside this one, such as {file: objects.yaml}.");
      return List.of();
    }
    return switch (LocatedYaml.read(path.get())) {
      case LocatedYaml.Read.Unreadable(var found) -> {
        problems.addAll(found);
        yield List.of();
      }
      case LocatedYaml.Read.Readable(LocatedYaml document) -> {
        Part whole = Part.of(document, problems);
        if (!whole.value().isArray()) {
          yield objects(whole);
        }
        yield whole.items("a list of Kubernetes objects").stream()
            .flatMap(one -> objects(one).stream())
            .toList();
      }
    };
  }

  private Optional<Path> path(String name) {
    try {
      return Optional.of(folder.resolve(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private List<ObjectNode> objects(Part part) {
    if (part.value().path("kind").asString("").endsWith("List")
        && part.value().path("items").isArray()) {
      return part
          .find("items")
          .map(items -> items.items("a list of objects"))
          .orElse(List.of())
          .stream()
          .flatMap(item -> object(item).stream())
          .toList();
    }
    return object(part).stream().toList();
  }

  private static Optional<ObjectNode> object(Part part) {
    String name = part.value().path("metadata").path("name").asString("");
    if (part.value() instanceof ObjectNode object
        && object.path("apiVersion").isString()
        && object.path("kind").isString()
        && !name.isEmpty()) {
      return Optional.of(object);
    }
    part.problem("A Kubernetes object has apiVersion, kind and metadata.name; one is missing.");
    return Optional.empty();
  }
}
