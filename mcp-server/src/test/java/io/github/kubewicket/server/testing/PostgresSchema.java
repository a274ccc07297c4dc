package io.github.kubewicket.server.testing;

import io.github.kubewicket.policy.ledger.PostgresLocation;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A schema of its own in the real PostgreSQL.
public final class PostgresSchema implements AutoCloseable {
  private static final String VARIABLE = "KUBEWICKET_TEST_POSTGRES";

  private final String name = "t_" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());

  /// The condition that there is one.
  static final class Condition implements ExecutionCondition {
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

  /// Makes it.
  public PostgresSchema() {
    run("CREATE SCHEMA " + name);
  }

  /// Its address, as `KUBEWICKET_STATE` takes it.
  public String url() {
    return System.getenv(VARIABLE) + "&currentSchema=" + name;
  }

  /// Its place.
  public PostgresLocation place() {
    return PostgresLocation.of(url(), Map.of());
  }

  /// Runs a statement in it.
  public void run(String sql) {
    try (Connection connection = place().connect();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends the server as a power cut would, and starts it again.
  public static void crash() throws IOException, InterruptedException {
    script("restart");
  }

  /// Runs `scripts/test-postgres`.
  public static void script(String verb) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("../scripts/test-postgres", verb)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("scripts/test-postgres " + verb + " failed");
    }
  }

  @Override
  public void close() {
    run("DROP SCHEMA " + name + " CASCADE");
  }
}
