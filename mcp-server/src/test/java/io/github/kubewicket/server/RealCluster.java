package io.github.kubewicket.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Marks tests that need a real cluster: the one whose administrator's kubeconfig the environment
/// variable `KUBEWICKET_TEST_KUBECONFIG` names. Without it they are skipped; where `CI` is `true`
/// they fail instead, so that nobody takes a skipped test for a passed one.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealCluster.Condition.class)
public @interface RealCluster {
  /// Looks at the environment.
  final class Condition implements ExecutionCondition {
    private static final String MISSING =
        "KUBEWICKET_TEST_KUBECONFIG names no kubeconfig, so the tests that need a real cluster are not run; `scripts/test` starts one.";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String file = System.getenv("KUBEWICKET_TEST_KUBECONFIG");
      if (file != null && !file.isBlank()) {
        return ConditionEvaluationResult.enabled("there is a cluster");
      }
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(MISSING);
      }
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }
}
