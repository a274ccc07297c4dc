package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.AskedAs;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.call.ClusterDesk;
import io.github.kubewicket.server.call.ClusterDesks;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.cluster.Identity;
import io.github.kubewicket.server.context.SurroundingsReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The clusters as callers have them: those that a caller may use, in its own name where it is to
/// be impersonated.
///
/// @param clusters all of them
/// @param terms what holds for a caller
/// @param clock for what is read around targets
/// @param random for the ids of requests
record ServedClusters(Clusters clusters, Terms terms, InstantSource clock, RandomGenerator random)
    implements ClusterDesks {
  /// What holds for a caller.
  interface Terms {
    /// Whether it may use the cluster with this name, which is empty where clusters have none.
    boolean mayUse(Caller caller, String cluster);

    /// As whom Kubernetes is asked on its behalf; empty for the server's own account.
    Optional<Impersonation> impersonation(Caller caller);

    /// Everybody may use every cluster, and nobody is impersonated.
    Terms NONE =
        new Terms() {
          @Override
          public boolean mayUse(Caller caller, String cluster) {
            return true;
          }

          @Override
          public Optional<Impersonation> impersonation(Caller caller) {
            return Optional.empty();
          }
        };
  }

  @Override
  public boolean several() {
    return clusters.all().size() > 1;
  }

  @Override
  public List<String> names(Caller caller) {
    return clusters.all().stream()
        .map(Connection::name)
        .filter(name -> terms.mayUse(caller, name))
        .toList();
  }

  @Override
  public ClusterDesk at(String name, Caller caller) {
    Connection cluster =
        chosen(name)
            .filter(it -> terms.mayUse(caller, it.name()))
            .orElseThrow(() ->
                new ClusterException(
                    Reason.BAD_ARGS,
                    "There is no such cluster for this caller.",
                    "Use one of those that tools/list names."));
    SurroundingsReader own = new SurroundingsReader(cluster.view(), clock);
    return terms
        .impersonation(caller)
        .map(as -> {
          Identity identity = Identity.of(as, caller, requestId());
          Connection.Account account = cluster.as(identity);
          return new ClusterDesk(
              account::view,
              account::workbench,
              cluster::workbench,
              own::read,
              new SurroundingsReader(account.view(), clock)::read,
              Optional.of(new AskedAs(identity.user(), identity.requestId())));
        })
        .orElseGet(() -> ClusterDesk.of(cluster::view, cluster::workbench, own::read));
  }

  private Optional<Connection> chosen(String name) {
    List<Connection> all = clusters.all();
    return name.isEmpty()
        ? Optional.of(all.getFirst()).filter(_ -> all.size() == 1)
        : all.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  private String requestId() {
    return "rq-" + Long.toHexString(random.nextLong());
  }
}
