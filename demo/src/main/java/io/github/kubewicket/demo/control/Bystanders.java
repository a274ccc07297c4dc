package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// The small ones: claims get their volumes, autoscalers report the size they see and never change
/// it.
final class Bystanders {
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String SCALERS = "horizontalpodautoscalers.autoscaling";

  private final World world;

  Bystanders(World world) {
    this.world = world;
  }

  void run() {
    world.all(CLAIMS).forEach(this::bind);
    world.all(SCALERS).forEach(this::measure);
  }

  private void bind(ObjectNode claim) {
    if (Json.text(claim, "status", "phase").equals("Bound")) {
      return;
    }
    ObjectNode bound = claim.deepCopy();
    Json.child(bound, "spec").put("volumeName", "pvc-" + Objects.uid(claim));
    ObjectNode stored = world.update(CLAIMS, claim, bound, World.CONTROLLER);
    ObjectNode status = Json.object();
    status.put("phase", "Bound");
    status.set("accessModes", Json.at(claim, "spec", "accessModes").deepCopy());
    status.set("capacity", Json.at(claim, "spec", "resources", "requests").deepCopy());
    world.status(CLAIMS, stored, status, World.CONTROLLER);
  }

  private void measure(ObjectNode scaler) {
    String name = Json.text(scaler, "spec", "scaleTargetRef", "name");
    for (ObjectNode target : world.in(DeploymentController.KIND, scaler)) {
      if (Objects.name(target).equals(name)) {
        int replicas = Json.number(target, 0, "status", "replicas");
        ObjectNode status = Json.object();
        status.put("currentReplicas", replicas).put("desiredReplicas", replicas);
        ObjectNode metric = status.putArray("currentMetrics").addObject();
        metric.put("type", "Resource");
        Json.child(metric, "resource").put("name", "cpu");
        Json.child(metric, "resource", "current").put("averageUtilization", 34);
        Json.child(metric, "resource", "current").put("averageValue", "34m");
        world.status(SCALERS, scaler, status, World.CONTROLLER);
      }
    }
  }
}
