package io.github.kubewicket.server.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// What can be asked about `tools.yaml` without an agent.
@Command(
    name = "policy",
    description = "Check tools.yaml, ask what it would say, test it, and see what it needs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyRbacCommand.class
    })
final class PolicyCommand implements Runnable {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    Parents.of(spec).commandLine().usage(kubewicket().out());
  }

  Kubewicket kubewicket() {
    return Parents.of(kubewicket);
  }
}
