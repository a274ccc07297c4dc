package io.github.kubewicket.server.testing;

import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The real cluster that integration tests talk to, and the condition that there is one.
public final class TestCluster implements ExecutionCondition {
  /// The environment variable that names an administrator's kubeconfig.
  public static final String VARIABLE = "KUBEWICKET_TEST_KUBECONFIG";

  /// The administrator's kubeconfig.
  public static Path kubeconfig() {
    return Path.of(System.getenv(VARIABLE));
  }

  /// A connection as the administrator.
  public static Connection connect() {
    return connect(kubeconfig());
  }

  /// A connection as this kubeconfig says.
  public static Connection connect(Path kubeconfig) {
    return new Connection(
        new ClusterLocation(
            Optional.of(kubeconfig), Optional.empty(), Map.of(), Path.of("/nowhere")),
        "test",
        InstantSource.system());
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String file = System.getenv(VARIABLE);
    if (file != null && Files.isReadable(Path.of(file))) {
      return ConditionEvaluationResult.enabled("There is a cluster.");
    }
    String why =
        VARIABLE
            + " names no readable kubeconfig: start a cluster with scripts/test-cluster up, or name the"
            + " kubeconfig of another cluster whose nodes hold the test image.";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why + " CI skips no test.");
    }
    return ConditionEvaluationResult.disabled(why);
  }
}
