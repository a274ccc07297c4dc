package io.github.kubewicket.server.context;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// What a workload's pods are made from.
///
/// @param metadata the pods' labels and annotations
/// @param spec a PodSpec
record PodTemplate(JsonNode metadata, JsonNode spec) {
  /// The template of a workload, a Job or a CronJob; a pod is its own. Empty for a kind that holds
  /// none.
  static Optional<PodTemplate> of(JsonNode object) {
    JsonNode spec = object.path("spec");
    if (object.path("kind").asString("").equals("Pod")) {
      return Optional.of(new PodTemplate(object.path("metadata"), spec));
    }
    JsonNode template =
        spec.has("jobTemplate")
            ? spec.path("jobTemplate").path("spec").path("template")
            : spec.path("template");
    return template.path("spec").path("containers").isArray()
        ? Optional.of(new PodTemplate(template.path("metadata"), template.path("spec")))
        : Optional.empty();
  }

  /// The labels of the pods.
  Map<String, String> labels() {
    return Selectors.strings(metadata.path("labels"));
  }

  /// Whether there are containers, and every one has a probe of this name.
  boolean everyContainerHas(String probe) {
    JsonNode containers = spec.path("containers");
    for (JsonNode container : containers) {
      if (!container.has(probe)) {
        return false;
      }
    }
    return !containers.isEmpty();
  }

  /// The PersistentVolumeClaims that the pods mount by name.
  Set<String> claims() {
    Set<String> claims = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      add(claims, volume.path("persistentVolumeClaim").path("claimName"));
    }
    return claims;
  }

  /// Whether the pods mount any PersistentVolumeClaim.
  boolean mountsClaims() {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("persistentVolumeClaim") || volume.has("ephemeral")) {
        return true;
      }
    }
    return false;
  }

  /// The Secrets that the pods read: mounted, projected, or in the environment. Those for pulling
  /// images are not among them.
  Set<String> secrets() {
    Set<String> secrets = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      add(secrets, volume.path("secret").path("secretName"));
      for (JsonNode source : volume.path("projected").path("sources")) {
        add(secrets, source.path("secret").path("name"));
      }
    }
    for (JsonNode container : containers()) {
      for (JsonNode variable : container.path("env")) {
        add(secrets, variable.path("valueFrom").path("secretKeyRef").path("name"));
      }
      for (JsonNode source : container.path("envFrom")) {
        add(secrets, source.path("secretRef").path("name"));
      }
    }
    return secrets;
  }

  /// Whether some of the environment stands elsewhere, where what it names cannot be seen.
  boolean environmentFromElsewhere() {
    for (JsonNode container : containers()) {
      if (!container.path("envFrom").isEmpty()) {
        return true;
      }
      for (JsonNode variable : container.path("env")) {
        JsonNode from = variable.path("valueFrom");
        if (from.has("configMapKeyRef") || from.has("secretKeyRef")) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a command, an argument or a variable names this host: as a word, or with the ordinal
  /// of a pod behind it (`db-0`).
  boolean mentions(String name) {
    return !name.isEmpty() && texts().stream().anyMatch(holding(name));
  }

  private static Predicate<String> holding(String name) {
    return text -> {
      for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        if (!partOfAName(text, at - 1) && endsAt(text, at + name.length())) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean endsAt(String text, int at) {
    if (!partOfAName(text, at)) {
      return true;
    }
    return text.charAt(at) == '-'
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1));
  }

  private static boolean partOfAName(String text, int at) {
    return at >= 0
        && at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-');
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (JsonNode container : containers()) {
      container.path("command").forEach(word -> texts.add(word.asString("")));
      container.path("args").forEach(word -> texts.add(word.asString("")));
      container.path("env").forEach(variable -> texts.add(variable.path("value").asString("")));
    }
    return texts;
  }

  private List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    spec.path("initContainers").forEach(containers::add);
    spec.path("containers").forEach(containers::add);
    return containers;
  }

  private static void add(Set<String> names, JsonNode name) {
    if (!name.asString("").isEmpty()) {
      names.add(name.asString(""));
    }
  }
}
