package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.settings.ClusterSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The clusters that are served, each with a connection of its own: its own client, credentials,
/// deadlines and memory, so that one that does not answer costs the others nothing. The list is
/// taken anew at each question; what did not change keeps its connection.
public final class Clusters {
  private static final ClusterSettings UNNAMED =
      new ClusterSettings("", Optional.empty(), Optional.empty(), false);

  private final Supplier<List<ClusterSettings>> settings;
  private final Function<ClusterSettings, Connection> connect;
  private Map<ClusterSettings, Connection> known = Map.of();

  /// Connects nothing yet.
  ///
  /// @param settings as `tools.yaml` says it now; empty for the one cluster at `usual`
  /// @param usual where a cluster is found whose entry names no file
  public Clusters(
      Supplier<List<ClusterSettings>> settings,
      ClusterLocation usual,
      String version,
      InstantSource clock) {
    this(settings, one -> new Connection(one.name(), source(one, usual), version, clock));
  }

  Clusters(
      Supplier<List<ClusterSettings>> settings, Function<ClusterSettings, Connection> connect) {
    this.settings = settings;
    this.connect = connect;
  }

  /// This cluster, and no other ever.
  public static Clusters only(Connection connection) {
    return new Clusters(List::of, _ -> connection);
  }

  /// All of them, in the file's order; at least one.
  public synchronized List<Connection> all() {
    List<ClusterSettings> wanted = settings.get();
    List<ClusterSettings> now = wanted.isEmpty() ? List.of(UNNAMED) : wanted;
    if (!List.copyOf(known.keySet()).equals(now)) {
      Map<ClusterSettings, Connection> before = known;
      Map<ClusterSettings, Connection> next = new LinkedHashMap<>();
      for (ClusterSettings one : now) {
        Connection kept = before.get(one);
        next.put(one, kept == null ? connect.apply(one) : kept);
      }
      known = next;
      before.forEach((one, connection) -> {
        if (!next.containsKey(one)) {
          connection.retire();
        }
      });
    }
    return List.copyOf(known.values());
  }

  /// The cluster with this name.
  public Optional<Connection> find(String name) {
    return all().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// Learns the kinds of all of them at once, each on a thread of its own; waits for none.
  ///
  /// @param then what is done with each afterwards, on its thread, whether or not it answered
  public void warm(Consumer<Connection> then) {
    for (Connection one : all()) {
      Thread.ofVirtual()
          .name("warm-" + one.name())
          .start(() -> {
            one.warm();
            then.accept(one);
          });
    }
  }

  private static LoginSource source(ClusterSettings one, ClusterLocation usual) {
    if (one.inCluster()) {
      return new InClusterLogin(usual.environment());
    }
    return new LocatedLogin(
        one.kubeconfig()
            .map(file ->
                new ClusterLocation(
                    Optional.of(Path.of(file)), one.context(), usual.environment(), usual.home()))
            .orElseGet(() ->
                new ClusterLocation(
                    usual.kubeconfig(),
                    one.context().or(usual::context),
                    usual.environment(),
                    usual.home())));
  }
}
