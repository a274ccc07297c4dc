package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.people.RequestCard;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Shows one request whole.
@Command(
    name = "show",
    description = "Show a request: the diff, the blast radius, and what the agent says.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(paramLabel = "REQUEST", description = "A request id, ar_…")
  private String id = "";

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      Optional<ChangeRequest> request =
          wiring.ledger().read(view -> ChangeRequest.of(view.ofRequest(id), view.now()));
      if (request.isEmpty()) {
        System.err.println("kubewicket: there is no such request; see `kubewicket pending`.");
        return 1;
      }
      parent.out().print(RequestCard.card(request.get(), wiring.clock().instant()));
      return 0;
    }
  }
}
