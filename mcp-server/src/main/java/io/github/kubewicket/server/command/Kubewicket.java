package io.github.kubewicket.server.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `kubewicket` and what all its commands share.
@Command(
    name = "kubewicket",
    description = "Scoped Kubernetes tools for agents, and writes only through a policy gate.",
    mixinStandardHelpOptions = true,
    versionProvider = Kubewicket.VersionLine.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      PendingCommand.class,
      ShowCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RevokeCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      ReleaseCommand.class,
      LimitsCommand.class,
      InitCommand.class,
      KeyCommand.class,
      TokenCommand.class,
      PolicyCommand.class,
      AuditCommand.class,
      DoctorCommand.class
    })
public final class Kubewicket implements Runnable {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description =
          "tools.yaml; default: $KUBEWICKET_CONFIG, then ~/.config/kubewicket/tools.yaml, else read-only")
  private @Nullable Path config;

  private final PrintStream out;

  private Kubewicket(PrintStream out) {
    this.out = out;
  }

  /// Runs one command line.
  ///
  /// @param out where results are printed; the only way to standard output
  /// @return the exit status
  public static int run(String[] args, PrintStream out) {
    Optional<ServeLine> serve = ServeLine.read(args);
    return serve.isPresent() ? serve(serve.get()) : parsed(args, out);
  }

  private static int serve(ServeLine line) {
    try {
      return new Serving(places(line.config()), line.options()).run();
    } catch (InterruptedException | RuntimeException failure) {
      return said(failure, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
  }

  private static int parsed(String[] args, PrintStream out) {
    CommandLine line = new CommandLine(new Kubewicket(out));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> said(failure, command.getErr()));
    return line.execute(args);
  }

  private static int said(Exception failure, PrintWriter err) {
    // A person reads this; the stack is for the one who debugs.
    err.println("kubewicket: " + failure.getMessage());
    if (System.getenv("KUBEWICKET_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    return 1;
  }

  @Override
  public void run() {
    CommandLine.usage(this, out);
  }

  Places places() {
    return places(Optional.ofNullable(config));
  }

  private static Places places(Optional<Path> config) {
    return Places.find(System.getenv(), Path.of(System.getProperty("user.home", ".")), config);
  }

  PrintStream out() {
    return out;
  }

  /// What `--version` prints.
  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kubewicket " + Version.current()};
    }
  }
}
