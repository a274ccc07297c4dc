package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Surroundings as an answer for agents: small, times in ISO 8601, and for each fact that could not
/// be seen `{"unknown": "why"}`. The objects themselves are not in it. Lists end after 20 with
/// `{"more": n}`.
public final class SurroundingsJson {
  private static final int MOST = 20;
  private static final int MOST_LABELS = 30;
  private static final int LONGEST = 300;
  private static final String OWN = "kubewicket.dev/";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SurroundingsJson() {}

  /// The answer.
  public static ObjectNode of(Surroundings around) {
    ObjectNode json = JSON.objectNode().put("seenAt", around.seenAt().toString());
    put(json, "namespace", around.namespace(), SurroundingsJson::namespace);
    put(json, "workload", around.workload(), SurroundingsJson::workload);
    switch (around.pod()) {
      case Known.Seen<Optional<PodState>>(Optional<PodState> pod) ->
          pod.ifPresent(there -> json.set("pod", pod(there)));
      case Known.Unknown<Optional<PodState>>(String why) -> json.set("pod", unknown(why));
    }
    put(
        json,
        "disruptionBudgets",
        around.disruptionBudgets(),
        list(budget ->
            JSON.objectNode()
                .put("name", text(budget.name()))
                .put("disruptionsAllowed", budget.disruptionsAllowed())));
    put(
        json,
        "managers",
        around.managers(),
        list(manager ->
            JSON.objectNode()
                .put("kind", manager.kind().word())
                .put("what", text(manager.what()))));
    put(json, "backups", around.backups(), list(SurroundingsJson::activity));
    put(json, "deployments", around.deployments(), list(SurroundingsJson::activity));
    put(json, "incidents", around.incidents(), list(SurroundingsJson::activity));
    put(json, "crowd", around.crowd(), SurroundingsJson::crowd);
    put(json, "usage", around.usage(), SurroundingsJson::usage);
    put(json, "services", around.services(), SurroundingsJson::texts);
    return json;
  }

  /// One thing that is happening, or due.
  static ObjectNode activity(Activity activity) {
    ObjectNode json =
        JSON.objectNode()
            .put("what", text(activity.what()))
            .put("source", text(activity.source()))
            .put("predicted", activity.predicted())
            .put("from", activity.from().toString());
    activity.until().ifPresent(until -> json.put("until", until.toString()));
    if (!activity.concerns().isEmpty()) {
      json.set("concerns", texts(activity.concerns().stream().sorted().toList()));
    }
    return json;
  }

  private static <T> void put(
      ObjectNode json, String name, Known<T> known, Function<? super T, ? extends JsonNode> shown) {
    json.set(
        name,
        switch (known) {
          case Known.Seen<T>(T value) -> shown.apply(value);
          case Known.Unknown<T>(String why) -> unknown(why);
        });
  }

  private static ObjectNode unknown(String why) {
    return JSON.objectNode().put("unknown", text(why));
  }

  private static <T> Function<List<T>, ArrayNode> list(
      Function<? super T, ? extends JsonNode> shown) {
    return items -> {
      ArrayNode array = JSON.arrayNode();
      items.stream().limit(MOST).map(shown).forEach(array::add);
      return withRest(array, items.size());
    };
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.stream().limit(MOST).map(SurroundingsJson::text).forEach(array::add);
    return withRest(array, texts.size());
  }

  private static ArrayNode withRest(ArrayNode array, int size) {
    if (size > MOST) {
      array.addObject().put("more", size - MOST);
    }
    return array;
  }

  private static ObjectNode namespace(NamespaceState namespace) {
    ObjectNode json = JSON.objectNode();
    json.set("labels", labels(namespace.labels()));
    ObjectNode annotations = JSON.objectNode();
    new TreeMap<>(namespace.annotations())
        .forEach((key, value) -> {
          if (key.startsWith(OWN)) {
            annotations.put(text(key), text(value));
          }
        });
    if (!annotations.isEmpty()) {
      json.set("annotations", annotations);
    }
    return json;
  }

  private static ObjectNode workload(WorkloadState workload) {
    ObjectNode json =
        JSON.objectNode()
            .put("kind", workload.kind())
            .put("name", workload.name())
            .put("replicas", workload.replicas())
            .put("ready", workload.ready())
            .put("rolloutComplete", workload.rolloutComplete());
    workload.availableSince().ifPresent(at -> json.put("availableSince", at.toString()));
    workload.restartedAt().ifPresent(at -> json.put("restartedAt", at.toString()));
    json.put("readinessProbes", workload.readinessProbes())
        .put("livenessProbes", workload.livenessProbes())
        .put("persistentVolumes", workload.persistentVolumes());
    json.set("labels", labels(workload.labels()));
    return json;
  }

  private static ObjectNode pod(PodState pod) {
    ObjectNode json =
        JSON.objectNode()
            .put("name", pod.name())
            .put("created", pod.created().toString())
            .put("ready", pod.ready())
            .put("restarts", pod.restarts());
    pod.lastTermination().ifPresent(at -> json.put("lastTermination", at.toString()));
    pod.waiting().ifPresent(why -> json.put("waiting", text(why)));
    return json;
  }

  private static ObjectNode crowd(Crowd crowd) {
    return JSON.objectNode()
        .put("workloads", crowd.workloads())
        .put("unhealthy", crowd.unhealthy());
  }

  private static ArrayNode usage(Usage usage) {
    return SurroundingsJson.<Usage.PodUsage>list(pod ->
            JSON.objectNode()
                .put("pod", text(pod.pod()))
                .put("cpuMillis", pod.cpuMillis())
                .put("memoryBytes", pod.memoryBytes()))
        .apply(usage.pods());
  }

  private static ObjectNode labels(Map<String, String> labels) {
    ObjectNode json = JSON.objectNode();
    new TreeMap<>(labels)
        .entrySet().stream()
            .limit(MOST_LABELS)
            .forEach(label -> json.put(text(label.getKey()), text(label.getValue())));
    return json;
  }

  private static String text(String text) {
    return Untrusted.line(text, LONGEST);
  }
}
