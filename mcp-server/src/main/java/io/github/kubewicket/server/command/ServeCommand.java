package io.github.kubewicket.server.command;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `kubewicket serve`; what clients usually write comes past it through [ServeLine].
@Command(
    name = "serve",
    description = "Serve MCP on standard input and output (--stdio, the default), or over HTTP.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Option(names = "--stdio", description = "Standard input and output; the default.")
  void stdio(boolean ignored) {
    // What holds without --http, so there is nothing to choose; named by clients' configurations.
  }

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Streamable HTTP at /mcp, and HTTP+SSE at /sse; a PORT alone is on loopback.")
  private @Nullable String http;

  @Option(
      names = "--health",
      paramLabel = "HOST:PORT",
      description = "With --http: /healthz, /readyz and /metrics, on a port of their own.")
  private @Nullable String health;

  @Spec private @Nullable CommandSpec spec;

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
    Places places = Parents.of(kubewicket).places();
    return http == null
        ? new Serving(places, options()).run()
        : new HttpServing(
                places,
                options(),
                address("--http", http),
                Optional.ofNullable(health).map(text -> address("--health", text)))
            .run();
  }

  private InetSocketAddress address(String option, String text) {
    return Address.of(text)
        .orElseThrow(() ->
            new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                option
                    + " takes HOST:PORT, such as 127.0.0.1:8080, with a host that resolves; this is "
                    + text
                    + "."));
  }

  Serving.Options options() {
    return new Serving.Options(Optional.ofNullable(kubeconfig), Optional.ofNullable(context), demo);
  }
}
