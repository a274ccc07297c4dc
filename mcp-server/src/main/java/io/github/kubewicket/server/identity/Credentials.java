package io.github.kubewicket.server.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What a request presented.
///
/// @param bearer what stands behind `Bearer` in its `Authorization` header
/// @param certificates the client's chain as the TLS layer verified it, the client's own first;
///   empty where it has none
public record Credentials(Optional<String> bearer, List<X509Certificate> certificates) {
  /// Nothing at all.
  public static final Credentials NONE = new Credentials(Optional.empty(), List.of());

  /// Copies the list.
  public Credentials {
    certificates = List.copyOf(certificates);
  }

  /// Keeps the token out of logs.
  @Override
  public String toString() {
    return "Credentials[bearer="
        + (bearer.isPresent() ? "…" : "none")
        + ", certificates="
        + certificates.size()
        + "]";
  }
}
