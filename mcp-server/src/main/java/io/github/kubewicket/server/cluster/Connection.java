package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.server.change.Workbench;
import io.github.kubewicket.server.identity.TokenReviews;
import java.net.URI;
import java.time.InstantSource;

/// The one connection to the cluster: made on first use, never before. Only this package can get at
/// the client in it; everybody else gets a view.
public final class Connection {
  private final Api api;
  private final Discovery discovery;
  private final ClusterView view;
  private final Workbench workbench;

  /// Connects nothing yet.
  ///
  /// @param where where cluster and credentials are found
  /// @param version Kubewicket's version, told to the API server as `kubewicket/<version>`
  /// @param clock tells when credentials end
  public Connection(ClusterLocation where, String version, InstantSource clock) {
    this(new LocatedLogin(where), version, clock);
  }

  private Connection(LoginSource source, String version, InstantSource clock) {
    this(new Fabric8Api(new Sessions(source, "kubewicket/" + version, clock)), clock);
  }

  /// A connection to this address with this bearer token, as the demo gives them. Connects nothing
  /// yet.
  public static Connection direct(URI server, String token, String version, InstantSource clock) {
    return new Connection(LoginSource.fixed(Login.bearer(server, token)), version, clock);
  }

  Connection(Api api, InstantSource clock) {
    this.api = api;
    Ticker ticker = Ticker.systemTicker();
    this.discovery = new Discovery(new DiscoveryDocuments(api), ticker);
    this.view = new LiveView(api, discovery, clock, ticker);
    this.workbench = new ApiWorkbench(api, view);
  }

  /// What a caller may see. Cheap; asks the cluster nothing.
  public ClusterView view() {
    return view;
  }

  /// Where changes are made. Cheap; asks the cluster nothing.
  public Workbench workbench() {
    return workbench;
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
      discovery.all();
    } catch (ClusterException e) {
      // Told to whoever asks next.
    }
  }

  Api api() {
    return api;
  }
}
