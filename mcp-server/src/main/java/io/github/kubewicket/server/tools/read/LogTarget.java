package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.cluster.Table;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whose logs are meant: a pod, or all pods of a workload.
///
/// @param shown as a person reads it, such as `deployment/web`
/// @param pods the pods whose logs are read, the worst first, at most [#MOST]
/// @param leftOut names of pods beyond that
/// @param template the pod, or the workload's pod template: it names the containers
record LogTarget(String shown, List<String> pods, List<String> leftOut, JsonNode template) {
  /// How many pods are read at once.
  static final int MOST = 10;

  private static final int MOST_NAMED = 1_000;

  /// Finds the pods.
  ///
  /// @param target `pod/web-1`, `deployment/web`, or a pod's bare name
  /// @throws ClusterException when there is none
  static LogTarget find(String target, String namespace, ClusterView cluster) {
    int slash = target.indexOf('/');
    KindInfo kind = cluster.kind(slash < 0 ? "v1/pods" : target.substring(0, slash));
    String name = target.substring(slash + 1);
    if (!kind.namespaced()) {
      throw noPods(kind);
    }
    ObjectNode object = cluster.get(kind, Optional.of(namespace), name);
    String shown = kind.singular() + "/" + Untrusted.line(name, 120);
    if (kind.plural().equals("pods") && kind.group().isEmpty()) {
      return new LogTarget(shown, List.of(name), List.of(), object);
    }
    JsonNode spec = object.path("spec");
    if (spec.path("jobTemplate").isObject()) {
      return ofCronJob(shown, name, namespace, spec.path("jobTemplate").path("spec"), cluster);
    }
    String selector = selector(spec.path("selector"));
    if (selector.isEmpty()) {
      throw noPods(kind);
    }
    return ofSelector(shown, selector, namespace, spec.path("template"), cluster);
  }

  /// The pods of a CronJob carry the name of the job that made them: the CronJob's name and a
  /// number.
  private static LogTarget ofCronJob(
      String shown, String name, String namespace, JsonNode spec, ClusterView cluster) {
    LogTarget all = ofSelector(shown, "job-name", namespace, spec.path("template"), cluster);
    List<String> own =
        all.pods().stream()
            .filter(pod -> pod.matches(Pattern.quote(name) + "-\\d+-[a-z0-9]+"))
            .toList();
    if (own.isEmpty()) {
      throw none(shown, namespace);
    }
    return new LogTarget(shown, own, List.of(), all.template());
  }

  private static LogTarget ofSelector(
      String shown, String selector, String namespace, JsonNode template, ClusterView cluster) {
    Pods pods = new Pods();
    cluster.table(
        new ListQuery(cluster.kind("v1/pods"), Optional.of(namespace), selector, ""), pods);
    if (pods.found.isEmpty()) {
      throw none(shown, namespace);
    }
    List<String> names =
        pods.found.stream()
            .sorted(Comparator.comparingInt(Pod::rank).thenComparing(Pod::name))
            .map(Pod::name)
            .toList();
    int read = Math.min(MOST, names.size());
    JsonNode containers =
        template.path("spec").path("containers").isArray()
            ? template
            : cluster.get(cluster.kind("v1/pods"), Optional.of(namespace), names.getFirst());
    return new LogTarget(
        shown, names.subList(0, read), names.subList(read, names.size()), containers);
  }

  private record Pod(String name, int rank) {}

  private static final class Pods implements Table.Reader {
    private final List<Pod> found = new ArrayList<>();
    private Health health = Health.of(List.of());

    @Override
    public BitSet columns(List<Table.Column> columns) {
      health = Health.of(columns);
      return health.columns();
    }

    @Override
    public void row(Table.Row row) {
      if (found.size() < MOST_NAMED) {
        found.add(new Pod(row.name(), health.of(row).rank()));
      }
    }
  }

  /// A selector as a query's parameter: a plain map as Services have it, or labels and expressions.
  private static String selector(JsonNode selector) {
    List<String> terms = new ArrayList<>();
    boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
    for (Map.Entry<String, JsonNode> label :
        (plain ? selector : selector.path("matchLabels")).properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asString(""));
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = expression.path("key").asString("");
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asString("")));
      String list = "(" + String.join(",", values) + ")";
      switch (expression.path("operator").asString("")) {
        case "In" -> terms.add(key + " in " + list);
        case "NotIn" -> terms.add(key + " notin " + list);
        case "Exists" -> terms.add(key);
        case "DoesNotExist" -> terms.add("!" + key);
        default -> {
          // Unknown operators select nothing that is not selected by the rest.
        }
      }
    }
    return String.join(",", terms);
  }

  private static ClusterException noPods(KindInfo kind) {
    return new ClusterException(
        Reason.BAD_ARGS,
        "A " + kind.kind() + " has no pods, so it has no logs.",
        "Name a pod or a workload, such as pod/web-1 or deployment/web.");
  }

  private static ClusterException none(String shown, String namespace) {
    return new ClusterException(
        Reason.NOT_FOUND,
        "No pod of " + shown + " exists in namespace " + Untrusted.line(namespace, 80) + " now.",
        "Look at its events with list_events, or at its replicas with get_resource.");
  }
}
