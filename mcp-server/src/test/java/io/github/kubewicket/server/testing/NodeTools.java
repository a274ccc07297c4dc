package io.github.kubewicket.server.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Node and what was installed for it, and the condition that it is there.
public final class NodeTools implements ExecutionCondition {
  /// The environment variable that names the folder that `scripts/node-tools` prints.
  public static final String VARIABLE = "KUBEWICKET_TEST_NODE";

  /// Our own programs for it.
  private static final Path OURS = Path.of("src", "test", "node");

  /// The command line of a program of ours; it finds packages by itself, through [#VARIABLE].
  public static List<String> ours(String program, String... arguments) {
    return command(OURS.resolve(program).toAbsolutePath(), arguments);
  }

  /// The command line of a package's program, by its path in the package.
  public static List<String> theirs(String nameAndPath, String... arguments) {
    return command(folder().resolve("node_modules").resolve(nameAndPath), arguments);
  }

  private static List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(node().toString(), program.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path node() {
    return folder().resolve("node_modules/node/bin/node");
  }

  private static Path folder() {
    return Path.of(System.getenv(VARIABLE));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (System.getenv(VARIABLE) != null && Files.isExecutable(node())) {
      return ConditionEvaluationResult.enabled("There is Node.");
    }
    String why =
        VARIABLE + " names no folder with Node in it: name the one that scripts/node-tools prints.";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why + " CI skips no test.");
    }
    return ConditionEvaluationResult.disabled(why);
  }
}
