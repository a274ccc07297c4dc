package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.key.PrivateFile;
import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.server.people.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Keys of the people who approve.
@Command(
    name = "key",
    description = "Make a key to approve with.",
    mixinStandardHelpOptions = true,
    subcommands = KeyCommand.New.class)
final class KeyCommand implements Runnable {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Override
  public void run() {
    Parents.of(kubewicket).out().println("Usage: kubewicket key new --name NAME [--out FILE]");
  }

  /// Makes a key.
  @Command(
      name = "new",
      description = "Make an Ed25519 key under a passphrase.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    @ParentCommand private @Nullable KeyCommand key;

    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "Your name in tools.yaml, such as on-call.")
    private String name = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Default: ~/.config/kubewicket/keys/NAME.pem")
    private @Nullable Path file;

    @Override
    public Integer call() {
      Kubewicket parent = Parents.of(Parents.of(key).kubewicket);
      if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
        System.err.println("kubewicket: a name is a-z, 0-9 and -, at most 63 characters.");
        return 2;
      }
      Optional<Terminal> terminal = Terminal.find();
      if (terminal.isEmpty()) {
        System.err.println("kubewicket: this needs a person at a terminal, for the passphrase.");
        return 1;
      }
      try (Wiring wiring =
          new Wiring(parent.places(), io.github.kubewicket.policy.ledger.CheckpointSink.none())) {
        if (file == null) {
          PrivateFile.createDirectories(wiring.places().keys());
        }
        Path out =
            Optional.ofNullable(file)
                .orElseGet(() -> wiring.places().keys().resolve(name + ".pem"));
        return make(wiring, out, terminal.get());
      } catch (IOException e) {
        System.err.println(
            "kubewicket: the folder for keys cannot be made ("
                + e
                + "); name a file with --out, in a folder that you may write to.");
        return 1;
      }
    }

    private int make(Wiring wiring, Path out, Terminal terminal) {
      char[] passphrase = terminal.askSecret("New passphrase: ");
      char[] again = terminal.askSecret("Once more: ");
      try {
        if (!Arrays.equals(passphrase, again)) {
          System.err.println("kubewicket: the two passphrases differ; nothing was made.");
          return 1;
        }
        return switch (ApproverKey.create(out, passphrase, wiring.random())) {
          case ApproverKey.Made.Refused(String message) -> {
            System.err.println("kubewicket: " + message);
            yield 1;
          }
          case ApproverKey.Made.Created(PublicKeyText publicKey) -> {
            terminal.print(
                "The key is in "
                    + out
                    + ". Put this into tools.yaml:\n\napprovers:\n  - name: "
                    + name
                    + "\n    key: "
                    + publicKey.text()
                    + "\n");
            yield 0;
          }
        };
      } finally {
        Arrays.fill(passphrase, '\0');
        Arrays.fill(again, '\0');
      }
    }
  }
}
