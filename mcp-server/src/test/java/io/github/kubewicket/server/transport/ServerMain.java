package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A stdio server over [FakeCalls], for tests that need a process of their own.
final class ServerMain {
  private ServerMain() {}

  /// Serves; the only argument is how many seconds it may drain.
  public static void main(String[] arguments) throws InterruptedException {
    StdioProcess.claimStreams();
    System.out.println("printed before anything else");
    int status =
        StdioProcess.serve(
            CompletableFuture.completedFuture(Surfaces.of(new FakeCalls())),
            new Caller("stdio:test"),
            Surfaces.INFO,
            Surfaces.states(),
            Duration.ofSeconds(Long.parseLong(arguments[0])));
    System.exit(status);
  }
}
