package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.CertificateSettings;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Makes a caller of a client certificate, whose chain the TLS layer has verified.
final class ClientCertificates {
  // GeneralName's tags (RFC 5280, section 4.2.1.6).
  private static final int DNS = 2;
  private static final int URI = 6;

  private final InstantSource clock;

  ClientCertificates(InstantSource clock) {
    this.clock = clock;
  }

  /// Checks one chain, the client's own first.
  Authentication check(List<X509Certificate> chain, CertificateSettings settings) {
    X509Certificate own = chain.getFirst();
    Instant now = clock.instant();
    // A connection may outlive the certificate that opened it.
    if (now.isBefore(own.getNotBefore().toInstant())
        || !now.isBefore(own.getNotAfter().toInstant())) {
      return Authentication.Refused.invalid("The client certificate is not valid at this time.");
    }
    Optional<String> name =
        switch (settings.name()) {
          case CN -> commonName(own);
          case URI -> alternative(own, URI);
          case DNS -> alternative(own, DNS);
        };
    return name.flatMap(it -> caller(it, settings))
        .<Authentication>map(Authentication.Known::new)
        .orElseGet(() ->
            Authentication.Refused.invalid(
                "The client certificate does not have exactly one name that fits as a caller's."));
  }

  private static Optional<Caller> caller(String name, CertificateSettings settings) {
    Set<String> scopes =
        settings.mayWrite(name) ? Set.of(Caller.READ, Caller.WRITE) : Set.of(Caller.READ);
    return Names.caller("cert:", name, Set.of(), scopes);
  }

  /// The only common name: with two of them it would be for others to choose which counts.
  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      List<Rdn> names =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream().filter(rdn -> rdn.toAttributes().get("CN") != null).toList();
      return names.size() == 1
              && names.getFirst().size() == 1
              && names.getFirst().getValue() instanceof String text
          ? Optional.of(text)
          : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> alternative(X509Certificate certificate, int tag) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return Optional.empty();
      }
      List<String> fitting =
          names.stream()
              .filter(it -> it.size() > 1 && Integer.valueOf(tag).equals(it.get(0)))
              .map(it -> it.get(1))
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .toList();
      // Of several, the issuer did not say which one is the caller.
      return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }
}
