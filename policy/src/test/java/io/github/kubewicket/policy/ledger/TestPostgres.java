package io.github.kubewicket.policy.ledger;

import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The real PostgreSQL that tests talk to, and the condition that there is one.
public final class TestPostgres implements ExecutionCondition {
  /// The environment variable that holds its JDBC URL, with user and password.
  public static final String VARIABLE = "KUBEWICKET_TEST_POSTGRES";

  /// The URL of one schema in it.
  public static String url(String schema) {
    return System.getenv(VARIABLE) + "&currentSchema=" + schema;
  }

  /// The place of one schema in it.
  public static PostgresLocation place(String schema) {
    return PostgresLocation.of(url(schema), Map.of());
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (System.getenv(VARIABLE) != null) {
      return ConditionEvaluationResult.enabled("There is a PostgreSQL.");
    }
    String why =
        VARIABLE
            + " is not set: start a PostgreSQL with scripts/test-postgres up, and set it to what"
            + " scripts/test-postgres url prints.";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why + " CI skips no test.");
    }
    return ConditionEvaluationResult.disabled(why);
  }
}
