package io.github.kubewicket.policy.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// How Kubewicket is called over HTTP, and who may call, from `http`.
///
/// @param publicUrl the address that clients use, with its path and without a slash at its end: the
///   audience of their tokens
/// @param allowedOrigins origins of browsers that may call, such as `https://console.example`
/// @param allowedHosts names by which it may be called, besides loopback and `publicUrl`'s, without
///   a port, in lower case
/// @param tls the server's certificate; empty for plain HTTP
/// @param tokens whether Kubewicket's own bearer tokens are taken
/// @param oauth the issuers whose JWTs are taken
/// @param serviceAccounts whether tokens of ServiceAccounts are taken
/// @param certificates how holders of client certificates are called; there exactly where
///   `tls.clientCa` is
/// @param given whether the file says anything of HTTP; where it does, whoever calls has to be
///   known
public record HttpSettings(
    Optional<URI> publicUrl,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    Optional<TlsSettings> tls,
    boolean tokens,
    List<OauthSettings> oauth,
    Optional<ServiceAccountSettings> serviceAccounts,
    Optional<CertificateSettings> certificates,
    boolean given) {
  /// What holds where the file is silent.
  public static final HttpSettings USUAL =
      new HttpSettings(
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          true,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          false);

  /// Settings that the file gives.
  public HttpSettings(
      Optional<URI> publicUrl,
      List<String> allowedOrigins,
      List<String> allowedHosts,
      Optional<TlsSettings> tls,
      boolean tokens,
      List<OauthSettings> oauth,
      Optional<ServiceAccountSettings> serviceAccounts,
      Optional<CertificateSettings> certificates) {
    this(
        publicUrl,
        allowedOrigins,
        allowedHosts,
        tls,
        tokens,
        oauth,
        serviceAccounts,
        certificates,
        true);
  }

  /// Copies the lists.
  public HttpSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    oauth = List.copyOf(oauth);
  }
}
