package io.github.kubewicket.server.cluster;

import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.github.kubewicket.policy.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Builds fabric8's HTTP client for a login: its TLS, no retries, no redirects.
final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private HttpClients() {}

  /// A client that sends each request once.
  ///
  /// @throws ClusterException when certificates or keys cannot be used
  static HttpClient of(Login login) {
    // fabric8 repeats any request, POST included, ten times by default.
    RequestConfig once = new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();
    HttpClient.Builder builder = new Factory().newBuilder();
    builder.connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    builder.tag(once);
    builder.preferHttp11();
    if (login.server().getScheme().equals("https")) {
      builder.tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);
      builder.sslContext(keys(login), trust(login));
    }
    login.proxy().ifPresent(proxy -> through(proxy, builder));
    return builder.build();
  }

  private static void through(URI proxy, HttpClient.Builder builder) {
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    builder.proxyAddress(new InetSocketAddress(proxy.getHost(), port));
    builder.proxyType(HttpClient.ProxyType.HTTP);
    if (proxy.getUserInfo() != null) {
      builder.proxyAuthorization(HttpClientUtils.basicCredentials(proxy.getUserInfo()));
    }
  }

  private static KeyManager @Nullable [] keys(Login login) {
    if (login.certificate().isEmpty() || login.key().isEmpty()) {
      return null;
    }
    byte[] key = login.key().get();
    String pem = new String(key, StandardCharsets.ISO_8859_1);
    List<String> algorithms = pem.contains("BEGIN EC ") ? List.of("EC") : List.of("RSA", "EC");
    for (String algorithm : algorithms) {
      try {
        return SSLUtils.keyManagers(
            new ByteArrayInputStream(login.certificate().get()),
            new ByteArrayInputStream(key),
            algorithm,
            "changeit",
            null,
            null);
      } catch (GeneralSecurityException | IOException | RuntimeException e) {
        // A PKCS #8 file does not say in its header which algorithm it is for: try the next.
      }
    }
    throw new ClusterException(
        Reason.CLUSTER_UNAVAILABLE,
        "The client certificate or its key in the kubeconfig cannot be used.",
        "Log in again; keys have to be RSA or EC in PEM form.");
  }

  private static TrustManager @Nullable [] trust(Login login) {
    if (login.insecure()) {
      return new TrustManager[] {new Anyone()};
    }
    Optional<byte[]> ca = login.ca();
    if (ca.isEmpty()) {
      return null;
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(ca.get()))) {
        store.setCertificateEntry("ca-" + count++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new ClusterException(
          Reason.CLUSTER_UNAVAILABLE,
          "The certificate authority in the kubeconfig is not a PEM certificate.",
          "Mend the cluster entry with `kubectl config set-cluster`, or log in again.");
    }
  }

  /// The JDK client on virtual threads. A redirect is never followed: it would carry the
  /// credentials elsewhere.
  private static final class Factory extends JdkHttpClientFactory {
    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return java.net.http.HttpClient.newBuilder()
          .executor(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      builder.followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    }
  }

  /// What `insecure-skip-tls-verify: true` asks for, host names included.
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
