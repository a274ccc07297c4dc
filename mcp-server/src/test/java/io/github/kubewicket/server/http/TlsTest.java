package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.settings.CertificateSettings;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.TlsSettings;
import io.github.kubewicket.server.identity.Identities;
import io.github.kubewicket.server.identity.TokenReviews;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  @Test
  void knowsAClientByItsCertificateAndOthersByNothing() throws Exception {
    KeyStore server = make("server", "CN=localhost");
    KeyStore client = make("ci-shop", "CN=ci-shop");
    KeyStore stranger = make("stranger", "CN=ci-shop");
    TlsSettings tls = pem("server", server, Optional.of(certificate("ci-shop", client)));
    HttpSettings settings = settings(tls);
    try (Identities identities =
            new Identities(
                () -> settings,
                () -> {
                  throw new IllegalStateException("no ledger is needed");
                },
                (token, audience) -> new TokenReviews.Review.Rejected(),
                InstantSource.system());
        RunningHttp http = new RunningHttp(settings, identities, false)) {
      HttpResponse<String> known = initialize(http, context(server, Optional.of(client)));
      HttpResponse<String> nobody = initialize(http, context(server, Optional.empty()));

      assertThat(known.statusCode()).isEqualTo(200);
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThatThrownBy(() -> initialize(http, context(server, Optional.of(stranger))))
          .isInstanceOf(IOException.class);
      assertThat(http.calls.requests).isEmpty();
    }
  }

  @Test
  void takesANewCertificateUpWithoutARestartAndKeepsTheOldOneWhileTheFilesAreWrong()
      throws Exception {
    KeyStore first = make("first", "CN=localhost");
    KeyStore second = make("second", "CN=localhost");
    TlsSettings tls = pem("server", first, Optional.empty());
    TlsCertificates certificates = new TlsCertificates(() -> Optional.of(tls));
    Server server = Listener.on(new InetSocketAddress("127.0.0.1", 0), Optional.of(certificates));
    server.start();
    try {
      Certificate before = presented(server, first);
      Files.writeString(tls.key(), "half written");
      certificates.look();
      Certificate meanwhile = presented(server, first);
      TlsSettings unused = pem("server", second, Optional.empty());
      certificates.look();
      Certificate after = presented(server, second);

      assertThat(before).isEqualTo(first.getCertificate("key"));
      assertThat(meanwhile).isEqualTo(before);
      assertThat(after).isEqualTo(second.getCertificate("key"));
    } finally {
      server.stop();
    }
  }

  @Test
  void saysWhichFileCannotBeUsed() throws Exception {
    KeyStore good = make("good", "CN=localhost");
    TlsSettings tls = pem("server", good, Optional.empty());
    Files.writeString(tls.key(), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");

    assertThatThrownBy(() -> new TlsCertificates(() -> Optional.of(tls)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.tls.key")
        .hasMessageContaining("PKCS#8");
  }

  private static HttpResponse<String> initialize(RunningHttp http, SSLContext context)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(
          http.request(RunningHttp.INITIALIZE)
              .uri(URI.create("https://localhost:" + http.server.port() + "/mcp"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Certificate presented(Server server, KeyStore trusted) throws Exception {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    try (var socket =
        (javax.net.ssl.SSLSocket)
            context(trusted, Optional.empty()).getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLContext context(KeyStore trusted, Optional<KeyStore> own) throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("server", trusted.getCertificate("key"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own.orElse(null), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static HttpSettings settings(TlsSettings tls) {
    return new HttpSettings(
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(tls),
        true,
        List.of(),
        Optional.empty(),
        Optional.of(CertificateSettings.USUAL));
  }

  private TlsSettings pem(String name, KeyStore store, Optional<Path> clientCa) throws Exception {
    Path key = directory.resolve(name + ".key");
    Files.writeString(key, block("PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded()));
    return new TlsSettings(certificate(name, store), key, clientCa);
  }

  private Path certificate(String name, KeyStore store) throws Exception {
    return Files.writeString(
        directory.resolve(name + ".crt"),
        block("CERTIFICATE", store.getCertificate("key").getEncoded()));
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der));
  }

  /// A key and its self-signed certificate, made by the JDK's own tool.
  private KeyStore make(String name, String subject) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
