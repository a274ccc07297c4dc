package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.server.change.Workbench;
import io.github.kubewicket.server.identity.TokenReviews;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// The one connection to a cluster: made on first use, never before. Only this package can get at
/// the client in it; everybody else gets a view.
public final class Connection {
  private final String name;
  private final Api api;
  private final SharedKnowledge shared;
  private final ClusterId id;
  private final Account own;

  /// Connects nothing yet.
  ///
  /// @param where where cluster and credentials are found
  /// @param version Kubewicket's version, told to the API server as `kubewicket/<version>`
  /// @param clock tells when credentials end
  public Connection(ClusterLocation where, String version, InstantSource clock) {
    this("", new LocatedLogin(where), version, clock);
  }

  /// A connection to a cluster with a name.
  Connection(String name, LoginSource source, String version, InstantSource clock) {
    this(name, new Fabric8Api(new Sessions(source, "kubewicket/" + version, clock)), clock);
  }

  /// A connection to this address with this bearer token, as the demo gives them. Connects nothing
  /// yet.
  public static Connection direct(URI server, String token, String version, InstantSource clock) {
    return direct("", server, token, version, clock);
  }

  /// The same for a cluster with a name.
  public static Connection direct(
      String name, URI server, String token, String version, InstantSource clock) {
    return new Connection(name, LoginSource.fixed(Login.bearer(server, token)), version, clock);
  }

  Connection(Api api, InstantSource clock) {
    this("", api, clock);
  }

  Connection(String name, Api api, InstantSource clock) {
    this.name = name;
    this.api = api;
    this.shared = SharedKnowledge.of(api, clock, Ticker.systemTicker());
    this.id = new ClusterId(new Sender(api));
    this.own = account(api, Optional.empty());
  }

  /// What one account sees, and where its changes are made.
  ///
  /// @param view what it may see
  /// @param workbench where its changes are made
  public record Account(ClusterView view, Workbench workbench) {}

  /// The cluster's name in `tools.yaml`; empty where it names none.
  public String name() {
    return name;
  }

  /// Who the cluster is: the UID of its `kube-system` namespace. Asked for once.
  ///
  /// @throws ClusterException where it does not say
  public String uid() {
    return CallTime.within(id::get);
  }

  /// What a caller may see. Cheap; asks the cluster nothing.
  public ClusterView view() {
    return own.view();
  }

  /// Where changes are made. Cheap; asks the cluster nothing.
  public Workbench workbench() {
    return own.workbench();
  }

  /// The same cluster, asked in this name: every request says so, and Kubernetes decides by the
  /// rights of that user. Nothing that was read for one account is remembered for another. Cheap;
  /// asks the cluster nothing.
  public Account as(Identity identity) {
    return account(new ApiAs(api, identity), Optional.of(identity.account()));
  }

  private Account account(Api asked, Optional<Identity.Account> who) {
    ClusterView view = new LiveView(asked, who, shared);
    return new Account(view, new ApiWorkbench(asked, view, id, name));
  }

  /// What the server's own account may do.
  public Permissions permissions() {
    return new Permissions(api);
  }

  /// Whose a token is. Cheap; asks the cluster nothing.
  public TokenReviews tokenReviews() {
    return new ApiTokenReviews(api);
  }

  /// Connects and learns the kinds now, so that the first call need not. Failures are kept for the
  /// call that needs it.
  public void warm() {
    try {
      shared.discovery().all();
    } catch (ClusterException e) {
      // Told to whoever asks next.
    }
  }

  /// Ends what goes on in the background; calls that are under way end by themselves.
  void retire() {
    shared.feeds().stop();
  }

  Api api() {
    return api;
  }
}
