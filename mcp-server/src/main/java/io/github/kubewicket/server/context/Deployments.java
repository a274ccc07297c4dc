package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.server.cluster.Revisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rollouts that are under way in a namespace, as the workloads themselves, Argo CD, Flux, Argo
/// Rollouts and Helm tell.
final class Deployments {
  private static final String HELM_RELEASE = "meta.helm.sh/release-name";
  private static final String HELM_PENDING =
      "owner=helm,status in (pending-install,pending-upgrade,pending-rollback)";
  private static final String HELM_SECRET = "sh.helm.release.v1.";
  private static final Set<String> WORKLOADS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Rollout", "CronJob", "Job");

  private final Inquiry inquiry;
  private final Target target;
  private final Instant now;

  Deployments(Inquiry inquiry, Target target, Instant now) {
    this.inquiry = inquiry;
    this.target = target;
    this.now = now;
  }

  /// New revisions of Deployments, StatefulSets and DaemonSets.
  List<Activity> rollouts() {
    return Workloads.all(inquiry).stream()
        .filter(Revisions::underWay)
        .map(workload -> activity(workload, "rollout", begun(workload), concerned(workload)))
        .toList();
  }

  /// The workload itself, and the target where that may be its owner: an operator's object is
  /// rolled out as the built-in workloads that it owns.
  private Set<String> concerned(ObjectNode workload) {
    boolean mayOwnIt =
        Ref.controller(workload).isPresent() && !Workloads.builtIn(target.workload());
    return mayOwnIt
        ? new HashSet<>(List.of(Ref.of(workload), target.workload()))
        : Set.of(Ref.of(workload));
  }

  /// Rollouts of Argo Rollouts; a paused one is half done.
  List<Activity> argoRollouts() {
    return inquiry.list("rollouts.argoproj.io").stream()
        .filter(rollout ->
            Set.of("Progressing", "Paused")
                .contains(rollout.path("status").path("phase").asString("")))
        .map(rollout -> activity(rollout, "argo rollout", begun(rollout), Set.of(Ref.of(rollout))))
        .toList();
  }

  /// Applications of Argo CD, wherever they are kept, that are being synced into the namespace. On
  /// which cluster they do is not looked at: the same one may have several addresses.
  List<Activity> argoApplications() {
    List<Activity> syncs = new ArrayList<>();
    for (ObjectNode application : inquiry.everywhere("applications.argoproj.io")) {
      JsonNode operation = application.path("status").path("operationState");
      if (!operation.path("phase").asString("").equals("Running")) {
        continue;
      }
      String into = application.path("spec").path("destination").path("namespace").asString("");
      boolean ours = into.equals(inquiry.namespace());
      Set<String> workloads = new HashSet<>();
      for (JsonNode resource : application.path("status").path("resources")) {
        if (resource.path("namespace").asString("").equals(inquiry.namespace())) {
          ours = true;
          addWorkload(
              workloads, resource.path("kind").asString(""), resource.path("name").asString(""));
        }
      }
      if (ours) {
        syncs.add(
            activity(
                application,
                "argocd",
                Moments.of(operation.path("startedAt")).orElse(now),
                workloads));
      }
    }
    return syncs;
  }

  /// Kustomizations and HelmReleases of Flux, wherever they are kept, that are being reconciled
  /// into the namespace.
  List<Activity> flux() {
    List<Activity> reconciling = new ArrayList<>();
    for (String kind :
        List.of(
            "kustomizations.kustomize.toolkit.fluxcd.io", "helmreleases.helm.toolkit.fluxcd.io")) {
      for (ObjectNode release : inquiry.everywhere(kind)) {
        if (!reconciling(release)) {
          continue;
        }
        JsonNode metadata = release.path("metadata");
        String into =
            release
                .path("spec")
                .path("targetNamespace")
                .asString(metadata.path("namespace").asString(""));
        Set<String> workloads = new HashSet<>();
        boolean inventoried = inventory(release, workloads);
        if (inventoried || into.equals(inquiry.namespace())) {
          reconciling.add(activity(release, "flux", begun(release), workloads));
        }
      }
    }
    return reconciling;
  }

  /// Releases of Helm that are pending. Only the names of their Secrets are read.
  List<Activity> helm() {
    List<Activity> pending = new ArrayList<>();
    for (String secret : inquiry.names("secrets", HELM_PENDING)) {
      int version = secret.lastIndexOf(".v");
      String release =
          secret.startsWith(HELM_SECRET) && version > HELM_SECRET.length()
              ? secret.substring(HELM_SECRET.length(), version)
              : secret;
      Set<String> workloads = new HashSet<>();
      for (ObjectNode workload : Workloads.all(inquiry)) {
        JsonNode annotations = workload.path("metadata").path("annotations");
        if (annotations.path(HELM_RELEASE).asString("").equals(release)) {
          workloads.add(Ref.of(workload));
        }
      }
      if (!workloads.isEmpty() && !Workloads.builtIn(target.workload())) {
        workloads.add(target.workload());
      }
      pending.add(
          new Activity("helm release " + release, "helm", false, now, Optional.empty(), workloads));
    }
    return pending;
  }

  private static boolean reconciling(JsonNode release) {
    if (release.path("spec").path("suspend").asBoolean(false)) {
      return false;
    }
    JsonNode ready = WorkloadStates.condition(release, "Ready");
    boolean itSaysSo =
        WorkloadStates.condition(release, "Reconciling").path("status").asString("").equals("True");
    // Neither ready nor failed; one that was just made has said nothing yet.
    return itSaysSo
        || ready.path("status").asString("Unknown").equals("Unknown")
        || ready.path("reason").asString("").startsWith("Progressing");
  }

  /// Whether the inventory of a Kustomization (`<namespace>_<name>_<group>_<kind>`) names objects
  /// of the namespace.
  private boolean inventory(JsonNode release, Set<String> workloads) {
    boolean ours = false;
    for (JsonNode entry : release.path("status").path("inventory").path("entries")) {
      String[] parts = entry.path("id").asString("").split("_", -1);
      if (parts.length == 4 && parts[0].equals(inquiry.namespace())) {
        ours = true;
        addWorkload(workloads, parts[3], parts[1]);
      }
    }
    return ours;
  }

  private void addWorkload(Set<String> workloads, String kind, String name) {
    String workload = kind + "/" + name;
    if (WORKLOADS.contains(kind) || workload.equals(target.workload())) {
      workloads.add(workload);
    }
  }

  private Instant begun(JsonNode object) {
    for (String condition : List.of("Reconciling", "Progressing", "Ready")) {
      JsonNode found = WorkloadStates.condition(object, condition);
      Optional<Instant> at = Moments.of(found.path("lastUpdateTime"));
      if (at.isEmpty()) {
        at = Moments.of(found.path("lastTransitionTime"));
      }
      if (at.isPresent()) {
        return at.get();
      }
    }
    return now;
  }

  private static Activity activity(
      JsonNode object, String source, Instant from, Set<String> concerns) {
    return new Activity(Ref.of(object), source, false, from, Optional.empty(), concerns);
  }
}
