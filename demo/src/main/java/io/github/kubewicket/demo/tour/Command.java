package io.github.kubewicket.demo.tour;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command that is run to its end, without a terminal.
final class Command {
  private static final Duration AT_MOST = Duration.ofSeconds(90);

  private final Launcher launcher;

  Command(Launcher launcher) {
    this.launcher = launcher;
  }

  /// Runs `kubewicket` with these arguments on this state directory.
  Finished run(Path state, List<String> arguments) {
    return run(launcher, state, launcher.words(arguments), (seen, process) -> {});
  }

  /// Told of everything that was printed so far, each time there is more.
  interface Listener {
    /// May type an answer.
    void heard(StringBuilder seen, Process process) throws IOException;
  }

  static Finished run(Launcher launcher, Path state, List<String> words, Listener listener) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(launcher.environment(state));
    StringBuilder seen = new StringBuilder();
    try {
      Process process = builder.start();
      CompletableFuture<Void> end =
          CompletableFuture.runAsync(
              process::destroyForcibly,
              CompletableFuture.delayedExecutor(AT_MOST.toSeconds(), TimeUnit.SECONDS));
      try (Reader reader = process.inputReader()) {
        char[] some = new char[4_096];
        for (int n = reader.read(some); n >= 0; n = reader.read(some)) {
          seen.append(some, 0, n);
          listener.heard(seen, process);
        }
        return new Finished(process.waitFor(), seen.toString().replace("\r", ""));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Surprise("The tour was interrupted.");
      } finally {
        end.cancel(false);
        process.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", words), e);
    }
  }
}
