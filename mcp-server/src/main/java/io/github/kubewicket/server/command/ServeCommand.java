package io.github.kubewicket.server.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `kubewicket serve`; what clients usually write comes past it through [ServeLine].
@Command(
    name = "serve",
    description = "Serve MCP on standard input and output (--stdio, the default).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Option(names = "--stdio", description = "Standard input and output; the default.")
  void stdio(boolean ignored) {
    // The only transport, so there is nothing to choose; named by clients' configurations.
  }

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Default: $KUBECONFIG, then ~/.kube/config, then in-cluster.")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Default: the current context.")
  private @Nullable String context;

  @Option(names = "--demo", description = "Serve an in-memory cluster with a small shop in it.")
  private boolean demo;

  @Override
  public Integer call() throws InterruptedException {
    return new Serving(Parents.of(kubewicket).places(), options()).run();
  }

  Serving.Options options() {
    return new Serving.Options(Optional.ofNullable(kubeconfig), Optional.ofNullable(context), demo);
  }
}
