package io.github.kubewicket.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A Chromium without a window, which shows one page until it is closed, and the condition that
/// there is one.
public final class Chromium implements ExecutionCondition, AutoCloseable {
  /// The environment variable that names the program.
  public static final String VARIABLE = "KUBEWICKET_TEST_BROWSER";

  private final Process process;

  /// The condition; JUnit makes it.
  public Chromium() {
    this.process = null;
  }

  private Chromium(Process process) {
    this.process = process;
  }

  /// Opens a page.
  ///
  /// @param profile an empty folder
  /// @param hosts rules such as `MAP evil.example 127.0.0.2`
  public static Chromium open(String url, Path profile, String hosts) throws IOException {
    return new Chromium(
        new ProcessBuilder(
                List.of(
                    System.getenv(VARIABLE),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--remote-debugging-port=0",
                    // What the browser itself keeps from local ports is not what is tested.
                    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades",
                    "--user-data-dir=" + profile,
                    "--host-resolver-rules=" + hosts,
                    url))
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start());
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean unused = process.waitFor(20, TimeUnit.SECONDS);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String program = System.getenv(VARIABLE);
    if (program != null && Files.isExecutable(Path.of(program))) {
      return ConditionEvaluationResult.enabled("There is a browser.");
    }
    String why = VARIABLE + " names no Chromium: name the one that scripts/test-browser prints.";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why + " CI skips no test.");
    }
    return ConditionEvaluationResult.disabled(why);
  }
}
