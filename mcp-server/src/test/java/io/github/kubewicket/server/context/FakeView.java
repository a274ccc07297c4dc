package io.github.kubewicket.server.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.Event;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.KindSchema;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.cluster.LogLine;
import io.github.kubewicket.server.cluster.LogQuery;
import io.github.kubewicket.server.cluster.Owner;
import io.github.kubewicket.server.cluster.RecentEvents;
import io.github.kubewicket.server.cluster.Seed;
import io.github.kubewicket.server.cluster.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A cluster that holds what a test puts into it, and fails where the test says.
final class FakeView implements ClusterView {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Map<String, KindInfo> kinds = new HashMap<>();
  private final List<ObjectNode> objects = new ArrayList<>();
  private final Map<String, ClusterException> failures = new HashMap<>();
  private final Set<String> stuck = new HashSet<>();
  private final List<String> broken = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();

  FakeView() {
    for (String kind :
        List.of(
            "v1 Pod pods",
            "v1 Service services",
            "v1 Secret secrets",
            "apps/v1 Deployment deployments",
            "apps/v1 ReplicaSet replicasets",
            "apps/v1 StatefulSet statefulsets",
            "apps/v1 DaemonSet daemonsets",
            "batch/v1 Job jobs",
            "batch/v1 CronJob cronjobs",
            "policy/v1 PodDisruptionBudget poddisruptionbudgets",
            "autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers")) {
      String[] parts = kind.split(" ", -1);
      serve(parts[0], parts[1], parts[2], true);
    }
    serve("v1", "Namespace", "namespaces", false);
    put("{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}");
    put("{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {env: prod}}}");
  }

  /// Serves a kind.
  FakeView serve(
      String apiVersion, String kind, String plural, boolean namespaced, String... subresources) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    kinds.put(
        plural + "." + group,
        new KindInfo(
            group,
            apiVersion.substring(slash + 1),
            kind,
            plural,
            kind.toLowerCase(Locale.ROOT),
            List.of(),
            namespaced,
            Set.of("get", "list"),
            Set.of(subresources)));
    return this;
  }

  /// Serves a kind no longer.
  void withdraw(String plural, String group) {
    kinds.remove(plural + "." + group);
  }

  /// Puts an object, as YAML; into the namespace shop where it names none.
  ObjectNode put(String yaml) {
    ObjectNode object = (ObjectNode) YAML.readTree(yaml);
    if (!object.path("kind").asString("").equals("Namespace")
        && !object.path("metadata").has("namespace")) {
      object.withObject("/metadata").put("namespace", "shop");
    }
    ObjectNode metadata = object.withObject("/metadata");
    if (!metadata.has("uid")) {
      metadata.put(
          "uid", object.path("kind").asString("") + "-" + metadata.path("name").asString(""));
    }
    objects.add(object);
    return object;
  }

  /// Annotates a namespace that is there.
  void annotateNamespace(String name, String key, String value) {
    objects.stream()
        .filter(object -> object.path("kind").asString("").equals("Namespace"))
        .filter(object -> object.path("metadata").path("name").asString("").equals(name))
        .forEach(object -> object.withObject("/metadata/annotations").put(key, value));
  }

  /// Lets every question about this plural fail.
  void fail(String plural, Reason code, String message) {
    failures.put(plural, new ClusterException(code, message, "hint"));
  }

  /// Lets questions about this plural stay without an answer until they are interrupted.
  void stick(String plural) {
    stuck.add(plural);
  }

  /// Lets an API group be out of order.
  void breakGroup(String version) {
    broken.add(version);
  }

  /// How many questions were asked.
  int requests() {
    return requests.get();
  }

  @Override
  public List<KindInfo> kinds() {
    ask("kinds");
    return List.copyOf(kinds.values());
  }

  @Override
  public List<String> brokenGroups() {
    return List.copyOf(broken);
  }

  @Override
  public ObjectNode get(KindInfo kind, Optional<String> namespace, String name) {
    ask(kind.plural());
    return all(kind, namespace)
        .filter(object -> object.path("metadata").path("name").asString("").equals(name))
        .findFirst()
        .orElseThrow(() -> new ClusterException(Reason.NOT_FOUND, "nothing there", "hint"));
  }

  @Override
  public ObjectNode scale(KindInfo kind, Optional<String> namespace, String name) {
    ObjectNode object = get(kind, namespace, name);
    ObjectNode scale = YAML.createObjectNode();
    scale.putObject("spec").put("replicas", object.path("spec").path("size").asInt(0));
    scale
        .putObject("status")
        .put("replicas", object.path("status").path("there").asInt(0))
        .put("selector", object.path("status").path("labels").asString(""));
    return scale;
  }

  @Override
  public List<ObjectNode> list(
      KindInfo kind, Optional<String> namespace, String labelSelector, int most) {
    ask(kind.plural());
    return all(kind, namespace)
        .filter(object ->
            labelSelector.isEmpty()
                || Selectors.text(object.path("metadata").path("labels")).contains(labelSelector))
        .toList();
  }

  @Override
  public void table(ListQuery query, Table.Reader reader) {
    ask(query.kind().plural());
    assertThat(query.labelSelector()).startsWith("owner=helm,status in (pending-");
    all(query.kind(), query.namespace())
        .filter(object ->
            object
                .path("metadata")
                .path("labels")
                .path("status")
                .asString("")
                .startsWith("pending-"))
        .forEach(object -> reader.row(Seed.row("shop", Ref.name(object))));
  }

  private Stream<ObjectNode> all(KindInfo kind, Optional<String> namespace) {
    return objects.stream()
        .filter(object -> object.path("kind").asString("").equals(kind.kind()))
        .filter(object ->
            namespace.isEmpty()
                || object.path("metadata").path("namespace").asString("").equals(namespace.get()));
  }

  private void ask(String plural) {
    requests.incrementAndGet();
    ClusterException failure = failures.get(plural);
    if (failure != null) {
      throw failure;
    }
    if (stuck.contains(plural)) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
      }
    }
  }

  @Override
  public KindInfo kind(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Owner> owners(ObjectNode object) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RecentEvents recentEvents(KindInfo kind, Optional<String> namespace, String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void events(Optional<String> namespace, String fieldSelector, Predicate<Event> take) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean log(LogQuery query, Predicate<LogLine> take) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KindSchema schema(KindInfo kind, List<String> path) {
    throw new UnsupportedOperationException();
  }
}
