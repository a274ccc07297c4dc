package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.server.people.Terminal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Says yes to exactly what is shown.
@Command(
    name = "approve",
    description = "Show a request and approve it with your key.",
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Parameters(paramLabel = "REQUEST", description = "A request id, ar_…")
  private String id = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Your key; default: the only one in ~/.config/kubewicket/keys.")
  private @Nullable Path key;

  @Override
  public Integer call() {
    return Desk.decide(Parents.of(kubewicket), id, "Approved.", this::approve);
  }

  private Decisions.Result approve(
      ChangeRequest request, Decisions decisions, Terminal terminal, Wiring wiring) {
    if (request.state() != ChangeRequest.State.PENDING) {
      return new Decisions.Result.Refused("The request does not wait for a person any more.");
    }
    return switch (wiring.policies().get()) {
      case Loaded.Invalid(var problems) ->
          new Decisions.Result.Refused("tools.yaml does not load: " + problems.getFirst());
      case Loaded.Valid valid -> {
        Optional<Path> file =
            Optional.ofNullable(key).or(() -> KeyFiles.only(wiring.places().keys()));
        if (file.isEmpty()) {
          yield new Decisions.Result.Refused(
              "There is not exactly one key in "
                  + wiring.places().keys()
                  + "; name yours with --key, or make one with `kubewicket key new`.");
        }
        char[] passphrase =
            terminal.askSecret("Approve it? Passphrase of " + file.get().getFileName() + ": ");
        try {
          yield switch (ApproverKey.open(file.get(), passphrase)) {
            case ApproverKey.Opened.Usable(ApproverKey opened) ->
                decisions.approve(request, valid.policy(), opened, "terminal");
            case ApproverKey.Opened.WrongPassphrase(String message) ->
                new Decisions.Result.Refused(message);
            case ApproverKey.Opened.Refused(String message) ->
                new Decisions.Result.Refused(message);
          };
        } finally {
          Arrays.fill(passphrase, '\0');
        }
      }
    };
  }
}
