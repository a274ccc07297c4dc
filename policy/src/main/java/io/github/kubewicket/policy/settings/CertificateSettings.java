package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.NamePatterns;
import java.util.List;

/// How callers with a client certificate are called, and what they may do, from
/// `http.certificates`.
///
/// @param name which name of the certificate counts
/// @param write which of these names may ask for changes, with at most one `*` at the end
public record CertificateSettings(Name name, List<String> write) {
  /// What holds where the file is silent.
  public static final CertificateSettings USUAL = new CertificateSettings(Name.CN, List.of());

  /// Copies the list.
  public CertificateSettings {
    write = List.copyOf(write);
  }

  /// Names that a certificate has.
  public enum Name {
    /// The common name of its subject.
    CN,
    /// The first URI among its subject alternative names, as SPIFFE puts it there.
    URI,
    /// The first DNS name among its subject alternative names.
    DNS
  }

  /// Whether the caller with this name may ask for changes.
  public boolean mayWrite(String holder) {
    return NamePatterns.anyFits(write, holder);
  }
}
