package io.github.kubewicket.server.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One API server and the credentials for it, ready to be used.
///
/// @param server the base address, `http` or `https`
/// @param ca certificates in PEM form that alone are trusted; the JVM's where absent
/// @param insecure whether a person switched the check of the server's certificate off
/// @param proxy an HTTP proxy
/// @param certificate the client's certificate chain in PEM form
/// @param key its private key in PEM form
/// @param bearer a bearer token
/// @param tokenFile a file with a bearer token, which others rewrite
/// @param basic `user:password`
/// @param impersonate `Impersonate-*` headers
/// @param expires when the credentials end, where that is known
record Login(
    URI server,
    Optional<byte[]> ca,
    boolean insecure,
    Optional<URI> proxy,
    Optional<byte[]> certificate,
    Optional<byte[]> key,
    Optional<String> bearer,
    Optional<Path> tokenFile,
    Optional<String> basic,
    Map<String, String> impersonate,
    Optional<Instant> expires) {
  Login {
    impersonate = Map.copyOf(impersonate);
  }

  /// A login with a token and nothing else.
  static Login bearer(URI server, String token) {
    return new Login(
        server,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(token),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /// The same login by this proxy, where it names none itself.
  Login proxied(Optional<URI> otherwise) {
    return new Login(
        server,
        ca,
        insecure,
        proxy.or(() -> otherwise),
        certificate,
        key,
        bearer,
        tokenFile,
        basic,
        impersonate,
        expires);
  }

  /// Host and port, which is all that a message may say.
  String address() {
    int port = server.getPort();
    return server.getHost() + (port < 0 ? "" : ":" + port);
  }

  /// Never the credentials.
  @Override
  public String toString() {
    return "Login[" + address() + "]";
  }
}
