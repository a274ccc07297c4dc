package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/// Fills in what an object leaves out, as the API server does before it validates:
/// `pkg/apis/*/v1/defaults.go`.
public final class Defaults {
  private Defaults() {}

  /// Fills in what the object leaves out.
  public static void apply(Kind kind, ObjectNode object) {
    ObjectNode spec = object.get("spec") instanceof ObjectNode present ? present : Json.object();
    switch (kind.storedAs()) {
      case "deployments.apps" -> deployment(spec);
      case "statefulsets.apps" -> statefulSet(spec);
      case "daemonsets.apps" -> daemonSet(spec);
      case "replicasets.apps" -> {
        put(spec, "replicas", 1);
        template(spec, "Always");
      }
      case "jobs.batch" -> job(object, spec);
      case "cronjobs.batch" -> cronJob(spec);
      case "pods" -> pod(object, spec);
      case "services" -> service(spec);
      case "secrets" -> secret(object);
      case "namespaces" -> namespace(object);
      case "persistentvolumeclaims" -> claim(object, spec);
      case "horizontalpodautoscalers.autoscaling" -> put(spec, "minReplicas", 1);
      default -> {
        // The other kinds have no defaults worth having here.
      }
    }
  }

  private static void deployment(ObjectNode spec) {
    put(spec, "replicas", 1);
    put(spec, "revisionHistoryLimit", 10);
    put(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = Json.child(spec, "strategy");
    put(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      put(Json.child(strategy, "rollingUpdate"), "maxUnavailable", "25%");
      put(Json.child(strategy, "rollingUpdate"), "maxSurge", "25%");
    }
    template(spec, "Always");
  }

  private static void statefulSet(ObjectNode spec) {
    put(spec, "replicas", 1);
    put(spec, "podManagementPolicy", "OrderedReady");
    put(spec, "revisionHistoryLimit", 10);
    put(spec, "serviceName", "");
    ObjectNode strategy = Json.child(spec, "updateStrategy");
    put(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      put(Json.child(strategy, "rollingUpdate"), "partition", 0);
    }
    template(spec, "Always");
  }

  private static void daemonSet(ObjectNode spec) {
    put(spec, "revisionHistoryLimit", 10);
    ObjectNode strategy = Json.child(spec, "updateStrategy");
    put(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      put(Json.child(strategy, "rollingUpdate"), "maxSurge", 0);
      put(Json.child(strategy, "rollingUpdate"), "maxUnavailable", 1);
    }
    template(spec, "Always");
  }

  private static void job(ObjectNode object, ObjectNode spec) {
    put(spec, "parallelism", 1);
    put(spec, "completions", 1);
    put(spec, "backoffLimit", 6);
    put(spec, "completionMode", "NonIndexed");
    put(spec, "suspend", false);
    put(spec, "podReplacementPolicy", "TerminatingOrFailed");
    String uid = Json.text(object, "metadata", "uid");
    if (!spec.has("selector") && !uid.isEmpty()) {
      Json.child(spec, "selector", "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
      ObjectNode labels = Json.child(spec, "template", "metadata", "labels");
      labels.put("batch.kubernetes.io/controller-uid", uid);
      labels.put("batch.kubernetes.io/job-name", Json.text(object, "metadata", "name"));
      labels.put("controller-uid", uid);
      labels.put("job-name", Json.text(object, "metadata", "name"));
    }
    template(spec, "");
  }

  private static void cronJob(ObjectNode spec) {
    put(spec, "concurrencyPolicy", "Allow");
    put(spec, "suspend", false);
    put(spec, "successfulJobsHistoryLimit", 3);
    put(spec, "failedJobsHistoryLimit", 1);
    template(Json.child(spec, "jobTemplate", "spec"), "");
  }

  private static void pod(ObjectNode object, ObjectNode spec) {
    PodDefaults.apply(spec, "Always");
    put(spec, "serviceAccountName", "default");
    put(spec, "enableServiceLinks", true);
    ObjectNode status = Json.child(object, "status");
    put(status, "phase", "Pending");
    boolean resources =
        Json.objects(spec, "containers").stream()
            .anyMatch(container -> !container.path("resources").isEmpty());
    put(status, "qosClass", resources ? "Burstable" : "BestEffort");
  }

  private static void service(ObjectNode spec) {
    put(spec, "type", "ClusterIP");
    put(spec, "sessionAffinity", "None");
    put(spec, "internalTrafficPolicy", "Cluster");
    for (ObjectNode port : Json.objects(spec, "ports")) {
      put(port, "protocol", "TCP");
      if (!port.has("targetPort")) {
        port.set("targetPort", port.path("port"));
      }
    }
  }

  private static void secret(ObjectNode object) {
    put(object, "type", "Opaque");
    if (object.remove("stringData") instanceof ObjectNode plain) {
      ObjectNode data = Json.child(object, "data");
      plain
          .properties()
          .forEach(entry ->
              data.put(
                  entry.getKey(),
                  Base64.getEncoder()
                      .encodeToString(
                          entry.getValue().asString().getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static void namespace(ObjectNode object) {
    Json.child(object, "metadata", "labels")
        .put("kubernetes.io/metadata.name", Json.text(object, "metadata", "name"));
    ObjectNode spec = Json.child(object, "spec");
    if (!spec.has("finalizers")) {
      spec.putArray("finalizers").add("kubernetes");
    }
    put(Json.child(object, "status"), "phase", "Active");
  }

  private static void claim(ObjectNode object, ObjectNode spec) {
    put(spec, "storageClassName", "standard");
    put(spec, "volumeMode", "Filesystem");
    put(Json.child(object, "status"), "phase", "Pending");
  }

  private static void template(ObjectNode spec, String restartPolicy) {
    PodDefaults.apply(Json.child(spec, "template", "spec"), restartPolicy);
  }

  static void put(ObjectNode node, String field, String value) {
    if (!node.has(field) && (!value.isEmpty() || field.equals("serviceName"))) {
      node.put(field, value);
    }
  }

  static void put(ObjectNode node, String field, int value) {
    if (!node.has(field)) {
      node.put(field, value);
    }
  }

  private static void put(ObjectNode node, String field, boolean value) {
    if (!node.has(field)) {
      node.put(field, value);
    }
  }
}
