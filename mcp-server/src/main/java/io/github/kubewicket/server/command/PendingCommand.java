package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.people.RequestCard;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// Lists what waits for a person.
@Command(
    name = "pending",
    description =
        "List the requests that wait for a person, approvals not used yet, and whether writes are paused.",
    mixinStandardHelpOptions = true)
final class PendingCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      parent.out().print(Notices.paused(wiring.policies().get()));
      parent.out().print(wiring.ledger().<String>read(Notices::paused));
      List<ChangeRequest> open = wiring.ledger().read(RequestBook::open);
      for (ChangeRequest request : open) {
        parent.out().println(RequestCard.line(request, wiring.clock().instant()));
      }
      if (open.isEmpty()) {
        parent.out().println("Nothing waits for a person.");
      }
      return 0;
    }
  }
}
