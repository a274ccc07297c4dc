package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.server.cluster.KindInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects behind a target: itself, its pod, and the workload at the top of the chain of
/// controllers. Read once each.
final class TargetObjects {
  private static final int DEEPEST_OWNER = 5;

  private final Inquiry inquiry;
  private final Target target;

  TargetObjects(Inquiry inquiry, Target target) {
    this.inquiry = inquiry;
    this.target = target;
  }

  /// The workload, and its kind.
  record Workload(KindInfo kind, ObjectNode object) {}

  /// The target itself. Another object of the same name is none.
  ObjectNode object() {
    KindInfo kind = inquiry.named(target.apiVersion(), target.kind());
    ObjectNode object = inquiry.get(kind, place(kind), target.name());
    if (!uid(object).equals(target.uid())) {
      throw new Unseen(target.describe() + ": another object has this name now");
    }
    return object;
  }

  /// The pod, where the change acts on one.
  Optional<ObjectNode> pod() {
    return target
        .pod()
        .map(name ->
            inquiry.get(inquiry.named("v1", "Pod"), Optional.of(inquiry.namespace()), name));
  }

  /// The workload that the change acts on, or that owns what it acts on.
  Workload workload() {
    KindInfo kind = inquiry.named(target.apiVersion(), target.kind());
    ObjectNode object = object();
    for (int depth = 0; depth < DEEPEST_OWNER; depth++) {
      Optional<JsonNode> owner = Ref.controller(object);
      if (owner.isEmpty()) {
        break;
      }
      kind =
          inquiry.named(
              owner.get().path("apiVersion").asString(""), owner.get().path("kind").asString(""));
      object = inquiry.get(kind, place(kind), owner.get().path("name").asString(""));
      if (!uid(object).equals(owner.get().path("uid").asString(""))) {
        throw new Unseen(target.describe() + ": its owner " + Ref.of(object) + " is gone");
      }
    }
    String found = kind.kind() + "/" + Ref.name(object);
    if (!found.equals(target.workload())) {
      throw new Unseen(target.describe() + ": it belongs to " + found + " now");
    }
    return new Workload(kind, object);
  }

  /// The workload's scale subresource, for kinds of which only that tells the replicas.
  Optional<ObjectNode> scale(Workload workload) {
    boolean builtIn = workload.kind().group().equals("apps") || workload.kind().group().isEmpty();
    return builtIn || !workload.kind().subresources().contains("scale")
        ? Optional.empty()
        : Optional.of(inquiry.scale(workload.kind(), Ref.name(workload.object())));
  }

  /// The labels by which others select the workload's pods: those of the template, and those of the
  /// pod.
  List<Map<String, String>> podLabels() {
    List<Map<String, String>> labels = new ArrayList<>();
    Workload workload = workload();
    PodTemplate.of(workload.object()).ifPresent(template -> labels.add(template.labels()));
    pod().flatMap(PodTemplate::of).ifPresent(template -> labels.add(template.labels()));
    if (labels.isEmpty()) {
      throw new Unseen(Ref.of(workload.object()) + " does not tell which labels its pods have");
    }
    return labels;
  }

  /// The selector of the workload's pods, as kubectl's `-l`.
  String podSelector() {
    Workload workload = workload();
    String text =
        scale(workload)
            .map(scale -> scale.path("status").path("selector").asString(""))
            .filter(selector -> !selector.isEmpty())
            .orElseGet(() -> Selectors.text(workload.object().path("spec").path("selector")));
    if (text.isEmpty()) {
      throw new Unseen(Ref.of(workload.object()) + " does not tell which pods are its own");
    }
    return text;
  }

  private Optional<String> place(KindInfo kind) {
    return kind.namespaced() ? Optional.of(inquiry.namespace()) : Optional.empty();
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }
}
