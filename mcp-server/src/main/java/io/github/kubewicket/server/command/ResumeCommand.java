package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// Lets writes go on after all pauses.
@Command(
    name = "resume",
    description = "Let writes go on after a pause.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Override
  public Integer call() {
    return Desk.record(
        Parents.of(kubewicket),
        EntryType.RESUMED,
        Notices.ALL,
        ResumeCommand::situation,
        "Why may writes go on? ",
        "Writes go on, unless tools.yaml pauses them.");
  }

  private static String situation(LedgerView ledger) {
    String paused = Notices.paused(ledger);
    return paused.isEmpty() ? "Nobody has paused writes.\n" : paused;
  }
}
