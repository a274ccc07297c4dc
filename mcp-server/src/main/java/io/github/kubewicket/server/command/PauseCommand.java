package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;

/// Stops all writes, at once and for every process that shares the ledger. It needs no terminal: a
/// script or an alert may stop agents, only a person lets them go on.
@Command(
    name = "pause",
    description = "Stop all writes until somebody runs resume.",
    mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(paramLabel = "REASON", description = "Why; agents and people are told.")
  private String reason = "";

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    Optional<ObjectNode> body = Notices.body(Notices.ALL, reason);
    if (body.isEmpty()) {
      System.err.println("kubewicket: " + Notices.BOUNDS + " Nothing was recorded.");
      return 2;
    }
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      Entry paused = wiring.ledger().write(tx -> tx.append(EntryType.PAUSED, body.get()));
      parent.out().print(Notices.line("Writes are PAUSED", paused));
      return 0;
    } catch (LedgerException e) {
      System.err.println(
          "kubewicket: "
              + e.getMessage()
              + " Nothing was recorded; put `paused: \"why\"` into tools.yaml instead.");
      return 1;
    }
  }
}
