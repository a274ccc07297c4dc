package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.settings.ClusterSettings;
import io.github.kubewicket.server.rbac.CallerNeeds;
import io.github.kubewicket.server.rbac.ImpersonationRole;
import io.github.kubewicket.server.rbac.Manifests;
import io.github.kubewicket.server.rbac.Needs;
import io.github.kubewicket.server.rbac.TokenReviewRole;
import java.util.List;
import java.util.Optional;
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

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "One of the clusters of tools.yaml, where it names several.")
  private @Nullable String cluster;

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
          Optional<String> mistake = mistake(loaded);
          if (mistake.isPresent()) {
            System.err.println("kubewicket: " + mistake.get());
            yield 2;
          }
          String on = cluster == null ? only(loaded) : cluster;
          Policy here = on.isEmpty() ? loaded : loaded.on(on);
          CallerNeeds callers = CallerNeeds.of(loaded, on);
          parent.out().print(Manifests.of(Needs.of(here), namespace, name, loaded.digest()));
          parent.out().print(callers.reviews() ? TokenReviewRole.of(namespace, name) : "");
          parent.out().print(ImpersonationRole.of(callers.impersonated(), namespace, name));
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

  /// The name of the only cluster; empty where it has none.
  private static String only(Policy policy) {
    return policy.clusters().stream().map(ClusterSettings::name).findFirst().orElse("");
  }

  /// What speaks against the choice of cluster. No cluster is asked, so none has to be there.
  private Optional<String> mistake(Policy policy) {
    List<String> names = policy.clusters().stream().map(ClusterSettings::name).toList();
    if (cluster == null) {
      return names.size() < 2
          ? Optional.empty()
          : Optional.of(
              "tools.yaml names several clusters, and each needs roles of its own; say which by"
                  + " --cluster: "
                  + String.join(", ", names)
                  + ".");
    }
    return names.contains(cluster)
        ? Optional.empty()
        : Optional.of(
            "tools.yaml names no such cluster; the clusters are "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ".");
  }
}
