package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.key.Pem;
import io.github.kubewicket.policy.settings.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificate, its key and the authority for clients' certificates, from PEM files
/// that are read again when they change: certificates of a cluster live for days.
final class TlsCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCertificates.class);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final char[] NO_PASSWORD = {};

  private final Supplier<Optional<TlsSettings>> settings;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private String seen;

  /// Reads the files for the first time.
  ///
  /// @throws IOException when they cannot be read, or do not fit together; says which
  TlsCertificates(Supplier<Optional<TlsSettings>> settings) throws IOException {
    this.settings = settings;
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setKeyStorePassword("");
    TlsSettings now = current();
    this.seen = mark(now);
    fill(context, now);
  }

  SslContextFactory.Server context() {
    return context;
  }

  /// Reads the files again if they changed. What cannot be read leaves what was: a half-written
  /// file must not close the port.
  void look() {
    try {
      TlsSettings now = current();
      String mark = mark(now);
      if (!mark.equals(seen)) {
        context.reload(factory -> fillUnchecked(factory, now));
        seen = mark;
        LOG.info("The TLS certificate was read anew.");
      }
    } catch (Exception e) {
      LOG.warn("The TLS certificate stays as it was: {}", e.getMessage());
    }
  }

  private TlsSettings current() throws IOException {
    return settings
        .get()
        .orElseThrow(() -> new IOException("http.tls is gone from tools.yaml; restart without it"));
  }

  private static void fillUnchecked(SslContextFactory factory, TlsSettings from) {
    try {
      fill((SslContextFactory.Server) factory, from);
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static void fill(SslContextFactory.Server factory, TlsSettings from) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server",
          key(from.key()),
          NO_PASSWORD,
          certificates(from.certificate()).toArray(Certificate[]::new));
      factory.setKeyStore(keys);
      if (from.clientCa().isPresent()) {
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        int number = 0;
        for (Certificate authority : certificates(from.clientCa().get())) {
          clients.setCertificateEntry("client-ca-" + number++, authority);
        }
        factory.setTrustStore(clients);
        // Wanted, not needed: who has none may still present a token.
        factory.setWantClientAuth(true);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "http.tls: the certificate "
              + from.certificate()
              + " and its key cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    byte[] bytes =
        Pem.decode("PRIVATE KEY", Files.readString(file, StandardCharsets.ISO_8859_1))
            .orElseThrow(() ->
                new IOException(
                    "http.tls.key: "
                        + file
                        + " holds no unencrypted PKCS#8 key; convert it with"
                        + " `openssl pkcs8 -topk8 -nodes`."));
    List<String> tried = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (GeneralSecurityException e) {
        tried.add(algorithm);
      }
    }
    throw new IOException("http.tls.key: " + file + " is a key of none of " + tried + ".");
  }

  private static String mark(TlsSettings from) throws IOException {
    StringBuilder mark = new StringBuilder();
    List<Path> files = new ArrayList<>();
    files.add(from.certificate());
    files.add(from.key());
    from.clientCa().ifPresent(files::add);
    for (Path file : files) {
      mark.append(Files.getLastModifiedTime(file)).append('/').append(Files.size(file)).append(' ');
    }
    return mark.toString();
  }
}
