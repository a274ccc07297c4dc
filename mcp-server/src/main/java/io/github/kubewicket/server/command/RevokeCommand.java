package io.github.kubewicket.server.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Takes an approval back before it is used.
@Command(
    name = "revoke",
    description = "Take a request or its approval back, as long as it is not used.",
    mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(paramLabel = "REQUEST", description = "A request id, ar_…")
  private String id = "";

  @Override
  public Integer call() {
    return Desk.decide(
        Parents.of(kubewicket),
        id,
        "Revoked.",
        (request, decisions, terminal, wiring) ->
            decisions.revoke(
                request.id(), System.getProperty("user.name", ""), terminal.ask("Why? ")));
  }
}
