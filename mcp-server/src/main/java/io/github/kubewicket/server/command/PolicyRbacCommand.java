package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.rbac.Manifests;
import io.github.kubewicket.server.rbac.Needs;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Prints the account and the roles that the policy in force needs.
@Command(
    name = "rbac",
    description = "Print the least roles that tools.yaml needs, for kubectl apply -f -.",
    mixinStandardHelpOptions = true)
final class PolicyRbacCommand implements Callable<Integer> {
  /// `-write` still fits behind it.
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,55}[a-z0-9])?");

  @ParentCommand private @Nullable PolicyCommand policy;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      defaultValue = "kubewicket",
      description = "Where the server's ServiceAccount is; default: kubewicket.")
  private String namespace = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "kubewicket",
      description = "The ServiceAccount's name; default: kubewicket.")
  private String name = "";

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(policy).kubewicket();
    if (!LABEL.matcher(namespace).matches() || !LABEL.matcher(name).matches()) {
      System.err.println(
          "kubewicket: --namespace and --name are a-z, 0-9 and -, at most 57 characters.");
      return 2;
    }
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      return switch (wiring.policies().get()) {
        case Loaded.Valid(Policy loaded) -> {
          parent.out().print(Manifests.of(Needs.of(loaded), namespace, name, loaded.digest()));
          yield 0;
        }
        case Loaded.Invalid(var problems) -> {
          System.err.println(
              "kubewicket: tools.yaml does not load, so nobody knows what it needs: "
                  + problems.getFirst());
          yield 1;
        }
      };
    }
  }
}
