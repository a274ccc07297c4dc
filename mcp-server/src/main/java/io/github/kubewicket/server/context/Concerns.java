package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which workloads a backup concerns: those that share a PersistentVolumeClaim or a Secret with its
/// pods, and the StatefulSets that its command, arguments or environment name. Whatever stays
/// unclear ends in the empty set, which means the whole namespace.
final class Concerns {
  private final Inquiry inquiry;
  private final Target target;
  private final Reach reach;

  Concerns(Inquiry inquiry, Target target, Reach reach) {
    this.inquiry = inquiry;
    this.target = target;
    this.reach = reach;
  }

  /// The workloads that a backup by these pods concerns, as `Kind/name`.
  Set<String> of(PodTemplate backup) {
    if (reach != Reach.WORKLOAD) {
      return Set.of();
    }
    Set<String> secrets = backup.secrets();
    Set<String> claims = backup.claims();
    Set<String> concerned = new HashSet<>();
    boolean named = false;
    for (ObjectNode workload : Workloads.all(inquiry)) {
      boolean mentioned = mentions(backup, workload);
      named |= mentioned;
      if (mentioned || sharesClaim(workload, claims) || sharesSecret(workload, secrets)) {
        concerned.add(Ref.of(workload));
      }
    }
    if (!named && backup.environmentFromElsewhere()) {
      // The database's name may stand in a ConfigMap or a Secret.
      return Set.of();
    }
    return withUnlooked(concerned);
  }

  /// The workloads that mount this claim.
  Set<String> ofClaim(String claim) {
    if (reach != Reach.WORKLOAD || claim.isEmpty()) {
      return Set.of();
    }
    Set<String> concerned = new HashSet<>();
    for (ObjectNode workload : Workloads.all(inquiry)) {
      if (sharesClaim(workload, Set.of(claim))) {
        concerned.add(Ref.of(workload));
      }
    }
    return withUnlooked(concerned);
  }

  /// What a workload of another kind mounts was not looked at: it is concerned.
  private Set<String> withUnlooked(Set<String> concerned) {
    if (!concerned.isEmpty() && !Workloads.builtIn(target.workload())) {
      concerned.add(target.workload());
    }
    return Set.copyOf(concerned);
  }

  private static boolean mentions(PodTemplate backup, JsonNode workload) {
    return workload.path("kind").asString("").equals("StatefulSet")
        && (backup.mentions(Ref.name(workload))
            || backup.mentions(workload.path("spec").path("serviceName").asString("")));
  }

  private static boolean sharesSecret(JsonNode workload, Set<String> secrets) {
    return PodTemplate.of(workload)
        .map(template -> !Collections.disjoint(template.secrets(), secrets))
        .orElse(false);
  }

  private static boolean sharesClaim(JsonNode workload, Set<String> claims) {
    if (PodTemplate.of(workload)
        .map(template -> !Collections.disjoint(template.claims(), claims))
        .orElse(false)) {
      return true;
    }
    for (JsonNode template : workload.path("spec").path("volumeClaimTemplates")) {
      String prefix = Ref.name(template) + "-" + Ref.name(workload) + "-";
      if (claims.stream().anyMatch(claim -> ordinalAfter(claim, prefix))) {
        return true;
      }
    }
    return false;
  }

  private static boolean ordinalAfter(String claim, String prefix) {
    return claim.startsWith(prefix)
        && claim.length() > prefix.length()
        && claim.substring(prefix.length()).chars().allMatch(Character::isDigit);
  }
}
