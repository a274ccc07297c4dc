package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a cluster serves: the aggregated documents (1.26 and newer), or one document per
/// group and version, a few at a time. A group that does not answer is named and left out.
final class DiscoveryDocuments {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final Api api;

  DiscoveryDocuments(Api api) {
    this.api = api;
  }

  /// One group's versions, the preferred one first.
  private record Group(String name, List<String> versions) {}

  /// @throws ClusterException when the cluster does not answer at all
  Kinds read() {
    Deadline deadline = Deadline.in(PATIENCE);
    JsonNode core = read("/api", AGGREGATED, deadline);
    JsonNode groups = read("/apis", AGGREGATED, deadline);
    if (core.path("kind").asString("").equals("APIGroupDiscoveryList")
        && groups.path("kind").asString("").equals("APIGroupDiscoveryList")) {
      return aggregated(core, groups);
    }
    return legacy(core, groups, deadline);
  }

  private static Kinds aggregated(JsonNode core, JsonNode groups) {
    List<KindInfo> kinds = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (JsonNode document : List.of(core, groups)) {
      for (JsonNode group : document.path("items")) {
        String name = group.path("metadata").path("name").asString("");
        for (JsonNode version : group.path("versions")) {
          String number = version.path("version").asString("");
          if (version.path("freshness").asString("").equals("Stale")) {
            broken.add(name + "/" + number);
          }
          for (JsonNode resource : version.path("resources")) {
            kinds.add(ofAggregated(name, number, resource));
          }
        }
      }
    }
    return new Kinds(kinds, broken);
  }

  private static KindInfo ofAggregated(String group, String version, JsonNode resource) {
    Set<String> subresources = new LinkedHashSet<>();
    resource
        .path("subresources")
        .forEach(sub -> subresources.add(sub.path("subresource").asString("")));
    String kind = resource.path("responseKind").path("kind").asString("");
    return new KindInfo(
        group,
        version,
        kind,
        resource.path("resource").asString(""),
        singular(resource.path("singularResource").asString(""), kind),
        strings(resource.path("shortNames")),
        resource.path("scope").asString("").equals("Namespaced"),
        Set.copyOf(new LinkedHashSet<>(strings(resource.path("verbs")))),
        subresources);
  }

  private Kinds legacy(JsonNode core, JsonNode groupList, Deadline deadline) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("", strings(core.path("versions"))));
    for (JsonNode group : groupList.path("groups")) {
      Set<String> versions = new LinkedHashSet<>();
      versions.add(group.path("preferredVersion").path("version").asString(""));
      group.path("versions").forEach(v -> versions.add(v.path("version").asString("")));
      versions.remove("");
      groups.add(new Group(group.path("name").asString(""), List.copyOf(versions)));
    }
    Map<String, Future<Optional<JsonNode>>> documents = new LinkedHashMap<>();
    List<KindInfo> kinds = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Semaphore slots = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Group group : groups) {
        for (String version : group.versions()) {
          String path = group.name().isEmpty() ? "/api/" : "/apis/" + group.name() + "/";
          documents.put(
              group.name() + "/" + version,
              threads.submit(() -> within(slots, () -> tryRead(path + version, deadline))));
        }
      }
      for (Group group : groups) {
        for (String version : group.versions()) {
          String key = group.name() + "/" + version;
          Optional<JsonNode> document = await(documents.get(key), threads);
          if (document.isEmpty()) {
            broken.add(key);
          } else {
            kinds.addAll(ofLegacy(group.name(), version, document.get().path("resources")));
          }
        }
      }
    }
    return new Kinds(kinds, broken);
  }

  private static List<KindInfo> ofLegacy(String group, String version, JsonNode resources) {
    Map<String, Set<String>> subresources = new HashMap<>();
    for (JsonNode resource : resources) {
      String name = resource.path("name").asString("");
      int slash = name.indexOf('/');
      if (slash > 0) {
        subresources
            .computeIfAbsent(name.substring(0, slash), plural -> new LinkedHashSet<>())
            .add(name.substring(slash + 1));
      }
    }
    List<KindInfo> kinds = new ArrayList<>();
    for (JsonNode resource : resources) {
      String plural = resource.path("name").asString("");
      if (plural.indexOf('/') >= 0) {
        continue;
      }
      String kind = resource.path("kind").asString("");
      kinds.add(
          new KindInfo(
              group,
              version,
              kind,
              plural,
              singular(resource.path("singularName").asString(""), kind),
              strings(resource.path("shortNames")),
              resource.path("namespaced").asBoolean(false),
              Set.copyOf(new LinkedHashSet<>(strings(resource.path("verbs")))),
              subresources.getOrDefault(plural, Set.of())));
    }
    return kinds;
  }

  private JsonNode read(String path, String accept, Deadline deadline) {
    ApiAnswer answer =
        api.send(
            new ApiRequest(
                "GET",
                path,
                accept,
                Optional.empty(),
                new byte[0],
                Duration.ofMillis(deadline.millisLeft())));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR,
          "What answers at the kubeconfig's address does not speak the Kubernetes API.",
          "Check the server address of the kubeconfig's context.");
    }
  }

  private Optional<JsonNode> tryRead(String path, Deadline deadline) {
    try {
      return Optional.of(read(path, ApiRequest.JSON, deadline));
    } catch (ClusterException e) {
      return Optional.empty();
    }
  }

  private static <T> T within(Semaphore slots, Supplier<T> action) throws InterruptedException {
    slots.acquire();
    try {
      return action.get();
    } finally {
      slots.release();
    }
  }

  private static Optional<JsonNode> await(
      @Nullable Future<Optional<JsonNode>> future, ExecutorService threads) {
    if (future == null) {
      return Optional.empty();
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
  }

  private static String singular(String given, String kind) {
    return given.isEmpty() ? kind.toLowerCase(Locale.ROOT) : given;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asString("")));
    return strings;
  }
}
