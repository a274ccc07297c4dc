package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.identity.Authentication;
import io.github.kubewicket.server.identity.Authenticator;
import io.github.kubewicket.server.identity.Credentials;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// Who sent a request.
final class Access {
  private static final String SCHEME = "bearer ";

  private final Authenticator authenticator;
  private final Supplier<Optional<Caller>> anonymous;

  /// @param anonymous who calls without a credential now; empty where nobody may
  Access(Authenticator authenticator, Supplier<Optional<Caller>> anonymous) {
    this.authenticator = authenticator;
    this.anonymous = anonymous;
  }

  /// Who it is. A credential that is presented is checked even where none is needed.
  Authentication of(Request request) {
    Optional<String> authorization =
        Optional.ofNullable(request.getHeaders().get("Authorization")).map(String::strip);
    List<X509Certificate> certificates = certificates(request);
    if (authorization.isEmpty() && certificates.isEmpty()) {
      Optional<Caller> nobody = anonymous.get();
      if (nobody.isPresent()) {
        return new Authentication.Known(nobody.get());
      }
    }
    if (authorization.isPresent() && !isBearer(authorization.get())) {
      return new Authentication.Refused(
          Authentication.Refused.INVALID_TOKEN, "Authorization has to be a bearer token.");
    }
    return authenticator.authenticate(
        new Credentials(
            authorization.map(value -> value.substring(SCHEME.length()).strip()), certificates));
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  private static List<X509Certificate> certificates(Request request) {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
                instanceof EndPoint.SslSessionData data
            && data.peerCertificates() != null
        ? List.of(data.peerCertificates())
        : List.of();
  }
}
