package io.github.kubewicket.server.deploy;

import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Programs of this machine, as a person would run them.
final class Shell {
  /// @param out what it printed, standard error after standard output
  record Ran(int status, String out) {
    String orFail() {
      if (status != 0) {
        throw new AssertionError("status " + status + ": " + out);
      }
      return out;
    }
  }

  private Shell() {}

  static Ran run(String... command) {
    try {
      Path file = Files.createTempFile("ran", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(file.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(240, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end: " + List.of(command));
      }
      String out = Files.readString(file, StandardCharsets.UTF_8);
      Files.delete(file);
      return new Ran(process.exitValue(), out);
    } catch (IOException e) {
      return new Ran(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Ran kubectl(String... arguments) {
    return run(
        Stream.concat(
                Stream.of("../scripts/test-cluster", "kubectl", "--namespace=kubewicket"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  /// Where the containerd of `scripts/test-cluster` listens, if that is the cluster.
  static Path containerd() {
    return TestCluster.kubeconfig().resolveSibling("../containerd.sock").normalize();
  }
}
