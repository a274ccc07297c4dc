package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A path to a part of an object: `spec.template.spec.containers[0]`, a key with dots in quotes as
/// in `metadata.annotations["a.b/c"]`, some items of a list as `status.conditions[0:3]`.
///
/// @param text as it was given
/// @param steps from the root
record FieldPath(String text, List<Step> steps) {
  private static final int MAX_STEPS = 40;

  /// One step down.
  sealed interface Step {
    /// To a field.
    record Key(String name) implements Step {}

    /// To one item.
    record Index(int at) implements Step {}

    /// To the items from one index up to, but without, another.
    record Slice(int from, int to) implements Step {}
  }

  /// Reads a path; a leading `.` or `$.` is allowed.
  ///
  /// @throws ClusterException `BAD_ARGS`, naming the place that is wrong
  static FieldPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    int at = text.startsWith("$") ? 1 : 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        at++;
      } else if (c == '[') {
        at = bracket(text, at, steps);
      } else {
        int end = at;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        steps.add(new Step.Key(text.substring(at, end)));
        at = end;
      }
      if (steps.size() > MAX_STEPS) {
        throw wrong(at);
      }
    }
    return new FieldPath(text, List.copyOf(steps));
  }

  private static int bracket(String text, int open, List<Step> steps) {
    if (open + 1 < text.length() && "\"'".indexOf(text.charAt(open + 1)) >= 0) {
      char quote = text.charAt(open + 1);
      int close = text.indexOf(quote + "]", open + 2);
      if (close < 0) {
        throw wrong(open);
      }
      steps.add(new Step.Key(text.substring(open + 2, close)));
      return close + 2;
    }
    int close = text.indexOf(']', open);
    if (close < 0) {
      throw wrong(open);
    }
    String inside = text.substring(open + 1, close);
    try {
      int colon = inside.indexOf(':');
      if (colon >= 0) {
        int from = colon == 0 ? 0 : Integer.parseUnsignedInt(inside.substring(0, colon));
        String to = inside.substring(colon + 1);
        steps.add(
            new Step.Slice(from, to.isEmpty() ? Integer.MAX_VALUE : Integer.parseUnsignedInt(to)));
      } else {
        steps.add(new Step.Index(Integer.parseUnsignedInt(inside)));
      }
    } catch (NumberFormatException e) {
      throw wrong(open);
    }
    return close + 1;
  }

  /// What stands there.
  ///
  /// @throws ClusterException `BAD_ARGS`, naming what is there instead
  JsonNode select(JsonNode root) {
    JsonNode here = root;
    String walked = "";
    for (Step step : steps) {
      JsonNode next =
          switch (step) {
            case Step.Key(String name) -> here.path(name);
            case Step.Index(int index) -> here.path(index);
            case Step.Slice(int from, int to) -> slice(here, from, to);
          };
      if (next.isMissingNode()) {
        throw absent(walked, step, here);
      }
      walked = below(walked, step);
      here = next;
    }
    return here;
  }

  /// The path of a field below another path.
  static String below(String path, Step step) {
    return switch (step) {
      case Step.Index(int index) -> path + "[" + index + "]";
      case Step.Slice(int from, int to) -> path + "[" + from + ":" + to + "]";
      case Step.Key(String name) -> {
        boolean plain = name.chars().allMatch(c -> c != '.' && c != '[' && c != ']' && c != '"');
        if (!plain) {
          yield path + "[\"" + name + "\"]";
        }
        yield path.isEmpty() ? name : path + "." + name;
      }
    };
  }

  private static JsonNode slice(JsonNode list, int from, int to) {
    ArrayNode part = JsonNodeFactory.instance.arrayNode();
    for (int i = from; i < Math.min(to, list.size()); i++) {
      part.add(list.path(i));
    }
    return part.isEmpty() ? list.path("") : part;
  }

  private ClusterException absent(String walked, Step step, JsonNode here) {
    String what =
        switch (step) {
          case Step.Key(String name) -> "\"" + Untrusted.line(name, 80) + "\"";
          case Step.Index(int index) -> "[" + index + "]";
          case Step.Slice(int from, int to) -> "[" + from + ":" + to + "]";
        };
    String there =
        here.isArray()
            ? "A list of " + here.size() + " items is there."
            : here.isObject()
                ? "Fields there: "
                    + Untrusted.line(String.join(", ", here.propertyNames()), 300)
                    + "."
                : "A plain value is there.";
    return new ClusterException(
        Reason.BAD_ARGS,
        "The object has nothing at "
            + what
            + (walked.isEmpty() ? "" : " in " + Untrusted.line(walked, 120))
            + ".",
        there);
  }

  private static ClusterException wrong(int at) {
    return new ClusterException(
        Reason.BAD_ARGS,
        "The path is not well-formed at character " + (at + 1) + ".",
        "Write it as spec.containers[0].image or metadata.annotations[\"a.b/c\"].");
  }
}
