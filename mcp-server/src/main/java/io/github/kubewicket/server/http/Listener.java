package io.github.kubewicket.server.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// A Jetty server on one address, with bounds on what clients may make it hold.
final class Listener {
  private static final int MAX_CONNECTIONS = 4_096;
  private static final int MAX_HEADER_BYTES = 16 * 1_024;

  /// A connection on which nothing moves is closed; streams have their signs of life.
  private static final long IDLE_MILLIS = 60_000;

  private Listener() {}

  /// A server that is not started.
  static Server on(InetSocketAddress address, Optional<TlsCertificates> tls) {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration(tls.isPresent()));
    http.getHttpConfiguration().setHttpCompliance(HttpCompliance.RFC9110);
    ServerConnector connector =
        tls.map(certificates ->
                new ServerConnector(
                    server,
                    1,
                    1,
                    new SslConnectionFactory(certificates.context(), http.getProtocol()),
                    http))
            .orElseGet(() -> new ServerConnector(server, 1, 1, http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setShutdownIdleTimeout(1_000);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setErrorHandler(new PlainErrors());
    return server;
  }

  private static HttpConfiguration configuration(boolean secure) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    if (secure) {
      // Host and SNI are checked by the guard, which knows the names; a client by address has no
      // SNI.
      SecureRequestCustomizer customizer = new SecureRequestCustomizer();
      customizer.setSniHostCheck(false);
      configuration.addCustomizer(customizer);
    }
    return configuration;
  }
}
