package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Fills in what a pod's specification leaves out: `pkg/apis/core/v1/defaults.go`.
final class PodDefaults {
  private PodDefaults() {}

  static void apply(ObjectNode spec, String restartPolicy) {
    Defaults.put(spec, "restartPolicy", restartPolicy);
    Defaults.put(spec, "terminationGracePeriodSeconds", 30);
    Defaults.put(spec, "dnsPolicy", "ClusterFirst");
    Json.child(spec, "securityContext");
    Defaults.put(spec, "schedulerName", "default-scheduler");
    for (String list : new String[] {"initContainers", "containers"}) {
      Json.objects(spec, list).forEach(PodDefaults::container);
    }
  }

  private static void container(ObjectNode container) {
    String image = Json.text(container, "image");
    String tag = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !tag.contains(":") || tag.endsWith(":latest");
    Defaults.put(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    Json.child(container, "resources");
    Defaults.put(container, "terminationMessagePath", "/dev/termination-log");
    Defaults.put(container, "terminationMessagePolicy", "File");
    Json.objects(container, "ports").forEach(port -> Defaults.put(port, "protocol", "TCP"));
    for (String name : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.get(name) instanceof ObjectNode probe) {
        probe(probe);
      }
    }
  }

  private static void probe(ObjectNode probe) {
    Defaults.put(probe, "timeoutSeconds", 1);
    Defaults.put(probe, "periodSeconds", 10);
    Defaults.put(probe, "successThreshold", 1);
    Defaults.put(probe, "failureThreshold", 3);
    if (probe.get("httpGet") instanceof ObjectNode get) {
      Defaults.put(get, "scheme", "HTTP");
    }
  }
}
