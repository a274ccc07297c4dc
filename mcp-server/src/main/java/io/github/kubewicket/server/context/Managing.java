package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.server.cluster.KindInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What holds a workload: PodDisruptionBudgets, autoscalers, GitOps controllers, Services.
final class Managing {
  private static final String ARGO_TRACKING = "argocd.argoproj.io/tracking-id";

  /// Labels that say whose object it is, and how people call the owner.
  private static final Map<String, String> GITOPS_LABELS =
      Map.of(
          "argocd.argoproj.io/instance", "argocd application ",
          "kustomize.toolkit.fluxcd.io/name", "flux kustomization ",
          "helm.toolkit.fluxcd.io/name", "flux helmrelease ");

  private final Inquiry inquiry;
  private final TargetObjects target;

  Managing(Inquiry inquiry, TargetObjects target) {
    this.inquiry = inquiry;
    this.target = target;
  }

  /// The budgets that select the workload's pods. One whose controller has not seen its newest spec
  /// allows nothing.
  List<DisruptionBudget> budgets() {
    List<DisruptionBudget> budgets = new ArrayList<>();
    for (ObjectNode budget : inquiry.list("poddisruptionbudgets.policy")) {
      // https://kubernetes.io/docs/reference/using-api/deprecation-guide/#poddisruptionbudget-v125
      boolean emptyTakesAll = budget.path("apiVersion").asString("").equals("policy/v1");
      JsonNode selector = budget.path("spec").path("selector");
      if (target.podLabels().stream()
          .anyMatch(labels -> Selectors.takes(selector, labels, emptyTakesAll))) {
        boolean seen =
            budget.path("status").path("observedGeneration").asLong(0)
                >= budget.path("metadata").path("generation").asLong(0);
        int allowed = budget.path("status").path("disruptionsAllowed").asInt(0);
        budgets.add(new DisruptionBudget(Ref.name(budget), seen ? allowed : 0));
      }
    }
    return budgets;
  }

  /// The Services that select the workload's pods.
  List<String> services() {
    List<String> services = new ArrayList<>();
    for (ObjectNode service : inquiry.list("services")) {
      JsonNode selector = service.path("spec").path("selector");
      if (!selector.isEmpty()
          && target.podLabels().stream()
              .anyMatch(labels -> Selectors.takesPlain(selector, labels))) {
        services.add(Ref.name(service));
      }
    }
    return services;
  }

  /// What else decides about the workload's spec.
  List<FieldOwner> managers() {
    TargetObjects.Workload workload = target.workload();
    List<FieldOwner> managers = new ArrayList<>();
    for (String autoscalers :
        List.of("horizontalpodautoscalers.autoscaling", "scaledobjects.keda.sh")) {
      for (ObjectNode scaler : inquiry.list(autoscalers)) {
        if (scales(scaler.path("spec").path("scaleTargetRef"), workload)) {
          managers.add(new FieldOwner(FieldOwner.Kind.AUTOSCALER, Ref.of(scaler)));
        }
      }
    }
    managers.addAll(gitOps(workload.object().path("metadata")));
    return managers;
  }

  private static boolean scales(JsonNode reference, TargetObjects.Workload workload) {
    KindInfo kind = workload.kind();
    String apiVersion = reference.path("apiVersion").asString("");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    // KEDA leaves the kind out for Deployments.
    return reference.path("name").asString("").equals(Ref.name(workload.object()))
        && reference.path("kind").asString("Deployment").equals(kind.kind())
        && (apiVersion.isEmpty() || group.equals(kind.group()));
  }

  private static List<FieldOwner> gitOps(JsonNode metadata) {
    List<FieldOwner> managers = new ArrayList<>();
    GITOPS_LABELS.forEach((label, owner) -> {
      for (String place : List.of("labels", "annotations")) {
        String name = metadata.path(place).path(label).asString("");
        if (!name.isEmpty()) {
          managers.add(new FieldOwner(FieldOwner.Kind.GITOPS, owner + name));
        }
      }
    });
    // `application:group/Kind:namespace/name`
    String tracked = metadata.path("annotations").path(ARGO_TRACKING).asString("");
    if (!tracked.isEmpty()) {
      int colon = tracked.indexOf(':');
      String application = colon < 0 ? tracked : tracked.substring(0, colon);
      managers.add(new FieldOwner(FieldOwner.Kind.GITOPS, "argocd application " + application));
    }
    return managers.stream().distinct().sorted(Comparator.comparing(FieldOwner::what)).toList();
  }
}
