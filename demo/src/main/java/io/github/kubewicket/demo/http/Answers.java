package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.discovery.Discovery;
import io.github.kubewicket.demo.discovery.OpenApi;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// From a path to its answer.
public final class Answers {
  private final Store store;
  private final Kinds kinds;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final Resources resources;

  /// Answers about these kinds.
  public Answers(
      Store store, Kinds kinds, Discovery discovery, OpenApi openApi, Resources resources) {
    this.store = store;
    this.kinds = kinds;
    this.discovery = discovery;
    this.openApi = openApi;
    this.resources = resources;
  }

  Reply answer(Request request) {
    List<String> path = request.path();
    String root = path.isEmpty() ? "" : path.getFirst();
    return switch (root) {
      case "healthz", "readyz", "livez" -> Reply.text(200, "ok");
      case "version" -> Reply.json(200, discovery.version());
      case "openapi" -> document(path);
      case "api" ->
          path.size() == 1
              ? root(request, true)
              : group(request, path.get(1), path.subList(2, path.size()));
      case "apis" -> apis(request, path);
      default -> missing();
    };
  }

  private Reply apis(Request request, List<String> path) {
    return switch (path.size()) {
      case 1 -> root(request, false);
      case 2 -> found(discovery.group(path.get(1)));
      default -> group(request, path.get(1) + "/" + path.get(2), path.subList(3, path.size()));
    };
  }

  private Reply root(Request request, boolean core) {
    if (aggregated(request)) {
      return new Reply.Body(
          200,
          "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
          discovery.aggregated(core).toString().getBytes(StandardCharsets.UTF_8));
    }
    return Reply.json(200, core ? discovery.core() : discovery.groups());
  }

  private Reply document(List<String> path) {
    if (path.size() < 2 || !path.get(1).equals("v3")) {
      return missing();
    }
    if (path.size() == 2) {
      return Reply.json(200, openApi.index());
    }
    String version = String.join("/", path.subList(3, path.size()));
    return found(openApi.document(version));
  }

  private Reply group(Request request, String apiVersion, List<String> rest) {
    if (rest.isEmpty()) {
      return found(discovery.resources(apiVersion));
    }
    if (apiVersion.equals("authorization.k8s.io/v1")) {
      return Reviews.answer(request, rest.getFirst());
    }
    if (discovery.resources(apiVersion).isEmpty()) {
      return Reply.text(404, "404 page not found\n");
    }
    return target(apiVersion, rest)
        .map(target -> resource(target, request))
        .orElseGet(Answers::missing);
  }

  private Reply resource(Target target, Request request) {
    return store.locked(() -> resources.answer(target, request));
  }

  private Optional<Target> target(String apiVersion, List<String> rest) {
    boolean inNamespace =
        rest.size() >= 3
            && rest.getFirst().equals("namespaces")
            && kinds.at(apiVersion, rest.get(2)).isPresent();
    String namespace = inNamespace ? rest.get(1) : "";
    List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
    Optional<Kind> kind = kinds.at(apiVersion, own.getFirst());
    String name = own.size() > 1 ? own.get(1) : "";
    String sub = own.size() > 2 ? own.get(2) : "";
    return kind.filter(
            found -> found.namespaced() == inNamespace || (!inNamespace && name.isEmpty()))
        .filter(found -> own.size() <= 3)
        .filter(found -> sub.isEmpty() || found.subresources().contains(sub))
        .map(found -> new Target(found, namespace, name, sub));
  }

  private static boolean aggregated(Request request) {
    for (String range : request.accept().replace(" ", "").split(",", -1)) {
      List<String> parts = List.of(range.split(";", -1));
      if (parts.containsAll(List.of("g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList"))) {
        return true;
      }
    }
    return false;
  }

  private static Reply found(Optional<ObjectNode> document) {
    return document.map(json -> Reply.json(200, json)).orElseGet(Answers::missing);
  }

  private static Reply missing() {
    return Reply.status(Status.noSuchPath());
  }
}
