package io.github.kubewicket.demo.select;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Requirements on labels; an object matches when it meets all of them.
///
/// @param requirements none matches everything
public record LabelSelector(List<Requirement> requirements) {
  /// How a label is compared.
  public enum Operator {
    /// The value is one of these.
    IN,
    /// The value is none of these, or there is no such label.
    NOT_IN,
    /// There is such a label.
    EXISTS,
    /// There is no such label.
    MISSING
  }

  /// One requirement.
  ///
  /// @param key of the label
  /// @param operator how to compare
  /// @param values with which; empty for the last two operators
  public record Requirement(String key, Operator operator, Set<String> values) {
    boolean matches(JsonNode labels) {
      JsonNode value = labels.path(key);
      boolean there = value.isString();
      return switch (operator) {
        case IN -> there && values.contains(value.asString());
        case NOT_IN -> !there || !values.contains(value.asString());
        case EXISTS -> there;
        case MISSING -> !there;
      };
    }
  }

  /// Matches everything.
  public static final LabelSelector ALL = new LabelSelector(List.of());

  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]{0,316})";
  private static final Pattern EQUALITY =
      Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]{0,63})");
  private static final Pattern SET =
      Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([-A-Za-z0-9_.,\\s]*)\\)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*" + KEY);

  /// Reads `app=web,tier!=db,env in (demo,test),!canary`.
  public static Outcome<LabelSelector> parse(String text) {
    List<Requirement> found = new ArrayList<>();
    for (String part : parts(text)) {
      Matcher equality = EQUALITY.matcher(part);
      Matcher set = SET.matcher(part);
      Matcher presence = PRESENCE.matcher(part);
      if (equality.matches()) {
        Operator operator = equality.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
        found.add(new Requirement(equality.group(1), operator, Set.of(equality.group(3))));
      } else if (set.matches()) {
        Operator operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
        Set<String> values = new TreeSet<>();
        for (String value : set.group(3).split(",", -1)) {
          values.add(value.trim());
        }
        found.add(new Requirement(set.group(1), operator, values));
      } else if (presence.matches()) {
        Operator operator = presence.group(1).isEmpty() ? Operator.EXISTS : Operator.MISSING;
        found.add(new Requirement(presence.group(2), operator, Set.of()));
      } else {
        return Outcome.refused(
            Status.badRequest(
                "unable to parse requirement: found '" + part + "', expected: a label selector"));
      }
    }
    return Outcome.done(new LabelSelector(found));
  }

  /// Reads the `selector` of a workload: `matchLabels` and `matchExpressions`, or a plain map.
  public static LabelSelector of(JsonNode selector) {
    List<Requirement> found = new ArrayList<>();
    boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
    JsonNode labels = structured ? selector.path("matchLabels") : selector;
    labels
        .properties()
        .forEach(entry ->
            found.add(
                new Requirement(entry.getKey(), Operator.IN, Set.of(entry.getValue().asString()))));
    for (JsonNode expression : selector.path("matchExpressions")) {
      Set<String> values = new TreeSet<>();
      expression.path("values").forEach(value -> values.add(value.asString()));
      Operator operator =
          switch (Json.text(expression, "operator")) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            default -> Operator.MISSING;
          };
      found.add(new Requirement(Json.text(expression, "key"), operator, values));
    }
    return new LabelSelector(found);
  }

  /// Whether the object's labels meet every requirement.
  public boolean matches(JsonNode object) {
    JsonNode labels = Json.at(object, "metadata", "labels");
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (i == text.length() || (c == ',' && depth == 0)) {
        String part = text.substring(start, i).trim();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      }
    }
    return parts;
  }
}
