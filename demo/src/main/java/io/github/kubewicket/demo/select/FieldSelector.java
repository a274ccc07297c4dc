package io.github.kubewicket.demo.select;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Requirements on the few fields that the API server indexes.
///
/// @param requirements none matches everything
public record FieldSelector(List<Requirement> requirements) {
  /// One requirement.
  ///
  /// @param field `status.phase`
  /// @param equal false for `!=`
  /// @param value to compare with
  public record Requirement(String field, boolean equal, String value) {
    boolean matches(JsonNode object) {
      return Json.text(object, field.split("\\.")).equals(value) == equal;
    }
  }

  /// Matches everything.
  public static final FieldSelector ALL = new FieldSelector(List.of());

  private static final Pattern PART = Pattern.compile("([A-Za-z.]+)(==|=|!=)([^,=]*)");
  private static final Set<String> COMMON = Set.of("metadata.name", "metadata.namespace");

  /// The fields beyond name and namespace: `pkg/apis/core/v1/conversion.go` and its siblings.
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "events",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "nodes",
          Set.of("spec.unschedulable"),
          "namespaces",
          Set.of("status.phase"),
          "secrets",
          Set.of("type"),
          "services",
          Set.of("spec.clusterIP", "spec.type"),
          "jobs.batch",
          Set.of("status.successful"));

  /// Reads `status.phase=Running,spec.nodeName!=node-a` for a kind; another field is an error.
  public static Outcome<FieldSelector> parse(Kind kind, String text) {
    List<Requirement> found = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      Matcher matcher = PART.matcher(part.trim());
      if (!matcher.matches()) {
        return Outcome.refused(
            Status.badRequest(
                "invalid field selector: '" + text + "'; can't understand '" + part + "'"));
      }
      String field = canonical(kind, matcher.group(1));
      if (!COMMON.contains(field)
          && !MORE.getOrDefault(kind.storedAs(), Set.of()).contains(field)) {
        return Outcome.refused(
            Status.badRequest(
                "Unable to find \""
                    + kind.apiVersion()
                    + ", Resource="
                    + kind.plural()
                    + "\" that match label selector \"\", field selector \""
                    + text
                    + "\": field label not supported: "
                    + matcher.group(1)));
      }
      found.add(new Requirement(field, !matcher.group(2).equals("!="), matcher.group(3)));
    }
    return Outcome.done(new FieldSelector(found));
  }

  /// Whether the object's fields meet every requirement.
  public boolean matches(JsonNode object) {
    return requirements.stream().allMatch(requirement -> requirement.matches(object));
  }

  private static String canonical(Kind kind, String field) {
    if (kind.group().equals("events.k8s.io") && field.startsWith("regarding.")) {
      return "involvedObject." + field.substring("regarding.".length());
    }
    return field;
  }
}
