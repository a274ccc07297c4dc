package io.github.kubewicket.policy.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tools that the tests' policies may name, and short ways to load such a policy.
final class ToolsForTests {
  static final List<String> READ =
      List.of(
          "list_resources",
          "get_resource",
          "get_logs",
          "list_events",
          "describe_kind",
          "get_context",
          "explain_policy");
  static final List<String> WRITE = List.of("evict_pod", "restart_workload", "scale_workload");
  static final String KEY = "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  static final String PASTE = "ed25519:PASTE-THE-PUBLIC-KEY-HERE";
  static final PolicyFile LOADER = new PolicyFile(known(), new ConditionsForTests());

  private ToolsForTests() {}

  static KnownTools known() {
    Map<String, Set<String>> kinds = new LinkedHashMap<>();
    kinds.put("restart_workload", ordered(List.of("Deployment", "StatefulSet", "DaemonSet")));
    kinds.put("scale_workload", ordered(List.of("Deployment", "StatefulSet", "ReplicaSet")));
    return new KnownTools(ordered(READ), ordered(WRITE), kinds);
  }

  static Loaded load(String text) {
    return LOADER.load("tools.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  static Checked check(String text) {
    return LOADER.check("tools.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  static Policy valid(String text) {
    return switch (load(text)) {
      case Loaded.Valid(Policy policy) -> policy;
      case Loaded.Invalid(List<Problem> problems) ->
          throw new AssertionError("Not valid: " + problems);
    };
  }

  static List<Problem> problems(Loaded loaded) {
    return switch (loaded) {
      case Loaded.Valid valid -> throw new AssertionError("Valid: " + valid);
      case Loaded.Invalid(List<Problem> problems) -> problems;
    };
  }

  /// The shipped file with the # removed from its examples. A line of an example is a # and YAML,
  /// whose indentation is even; prose is a # and one blank or three.
  static String shippedWithExamples() throws IOException {
    return Files.readString(Path.of("..", "tools.yaml"))
        .replaceAll("(?m)^#   \\S.*", "#")
        .replaceAll("(?m)^#(\\w+:(?: \\{.*)?$|  .*)", "$1");
  }

  private static Set<String> ordered(Collection<String> names) {
    return new LinkedHashSet<>(names);
  }
}
