package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.select.LabelSelector;
import io.github.kubewicket.demo.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with an object: `pkg/apis/*/validation`, the rules that a small shop meets.
final class Validation {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final List<Cause> causes = new ArrayList<>();

  private Validation() {}

  static List<Cause> of(Kind kind, ObjectNode object) {
    Validation validation = new Validation();
    validation.name(Json.text(object, "metadata", "name"));
    validation.spec(kind, object.path("spec"));
    if (kind.storedAs().equals("configmaps") || kind.storedAs().equals("secrets")) {
      validation.data(object);
    }
    return List.copyOf(validation.causes);
  }

  private void name(String name) {
    if (name.isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
    } else if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
      causes.add(
          Cause.invalid(
              "metadata.name",
              "\"" + name + "\"",
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                  + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                  + " 'example.com', regex used for validation is '"
                  + SUBDOMAIN.pattern()
                  + "')"));
    }
  }

  private void spec(Kind kind, JsonNode spec) {
    switch (kind.storedAs()) {
      case "deployments.apps" -> {
        workload(spec, "RollingUpdate", "Recreate", "strategy");
        notNegative(spec, "spec", "revisionHistoryLimit", "minReadySeconds");
      }
      case "statefulsets.apps", "daemonsets.apps" ->
          workload(spec, "RollingUpdate", "OnDelete", "updateStrategy");
      case "replicasets.apps" -> workload(spec, "", "", "");
      case "jobs.batch" -> {
        notNegative(spec, "spec", "parallelism", "completions", "backoffLimit");
        template(spec.path("template"), "spec.template", List.of("OnFailure", "Never"));
      }
      case "cronjobs.batch" -> {
        if (Json.text(spec, "schedule").isEmpty()) {
          causes.add(Cause.required("spec.schedule", ""));
        }
        word(spec, "spec", "concurrencyPolicy", List.of("Allow", "Forbid", "Replace"));
      }
      case "pods" -> pod(spec, "spec", List.of("Always", "OnFailure", "Never"));
      case "services" ->
          word(
              spec,
              "spec",
              "type",
              List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort"));
      case "poddisruptionbudgets.policy" -> {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
          causes.add(
              Cause.invalid("spec", "{}", "minAvailable and maxUnavailable cannot be both set"));
        }
        notNegative(spec, "spec", "minAvailable", "maxUnavailable");
      }
      case "horizontalpodautoscalers.autoscaling" -> {
        int max = Json.number(spec, 0, "maxReplicas");
        if (max < 1) {
          causes.add(
              Cause.invalid("spec.maxReplicas", Integer.toString(max), "must be greater than 0"));
        }
      }
      default -> {
        // The other kinds have no specification that is checked here.
      }
    }
  }

  private void workload(JsonNode spec, String first, String second, String strategy) {
    notNegative(spec, "spec", "replicas");
    if (!strategy.isEmpty()) {
      List<String> known =
          first.compareTo(second) < 0 ? List.of(first, second) : List.of(second, first);
      word(spec.path(strategy), "spec." + strategy, "type", known);
    }
    JsonNode selector = spec.path("selector");
    if (selector.isEmpty()) {
      causes.add(Cause.required("spec.selector", ""));
    } else if (!LabelSelector.of(selector).matches(spec.path("template"))) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              Json.at(spec, "template", "metadata", "labels").toString(),
              "`selector` does not match template `labels`"));
    }
    template(spec.path("template"), "spec.template", List.of("Always"));
  }

  private void template(JsonNode template, String path, List<String> policies) {
    pod(template.path("spec"), path + ".spec", policies);
  }

  private void pod(JsonNode spec, String path, List<String> policies) {
    if (Json.text(spec, "restartPolicy").isEmpty()) {
      causes.add(
          Cause.required(path + ".restartPolicy", "valid values: " + String.join(", ", policies)));
    } else {
      word(spec, path, "restartPolicy", policies);
    }
    if (spec.path("containers").isEmpty()) {
      causes.add(Cause.required(path + ".containers", ""));
    }
    int i = 0;
    for (ObjectNode container : Json.objects(spec, "containers")) {
      String at = path + ".containers[" + i++ + "]";
      for (String field : new String[] {"name", "image"}) {
        if (Json.text(container, field).isEmpty()) {
          causes.add(Cause.required(at + "." + field, ""));
        }
      }
      word(container, at, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"));
    }
  }

  private void data(ObjectNode object) {
    for (String key : object.path("data").propertyNames()) {
      if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
        causes.add(
            Cause.invalid(
                "data[" + key + "]",
                "\"" + key + "\"",
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"));
      }
    }
  }

  private void notNegative(JsonNode node, String path, String... fields) {
    for (String field : fields) {
      int value = Json.number(node, 0, field);
      if (value < 0) {
        causes.add(
            Cause.invalid(
                path + "." + field, Integer.toString(value), "must be greater than or equal to 0"));
      }
    }
  }

  private void word(JsonNode node, String path, String field, List<String> known) {
    String word = Json.text(node, field);
    if (!word.isEmpty() && !known.contains(word)) {
      causes.add(Cause.unsupported(path + "." + field, word, known));
    }
  }
}
