package io.github.kubewicket.server.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Says no.
@Command(
    name = "reject",
    description = "Reject a request, for good.",
    mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(paramLabel = "REQUEST", description = "A request id, ar_…")
  private String id = "";

  @Override
  public Integer call() {
    return Desk.decide(
        Parents.of(kubewicket),
        id,
        "Rejected.",
        (request, decisions, terminal, wiring) ->
            decisions.reject(
                request.id(),
                System.getProperty("user.name", ""),
                terminal.ask("Why not? The agent will not be told: ")));
  }
}
