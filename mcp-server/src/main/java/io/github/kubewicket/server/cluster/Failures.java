package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says in one sentence why there was no answer, and what to do. Never hands on what a library
/// said: it may hold anything.
final class Failures {
  private Failures() {}

  /// What a failed exchange with this address means.
  static ClusterException of(Throwable thrown, String address) {
    if (thrown instanceof ClusterException known) {
      return known;
    }
    if (caused(thrown, UnknownHostException.class)
        || caused(thrown, UnresolvedAddressException.class)) {
      return unavailable(
          "The name of the API server at " + address + " cannot be resolved.",
          "Check the network, the VPN and the server address of the kubeconfig's context.");
    }
    if (caused(thrown, HttpConnectTimeoutException.class)) {
      return unavailable(
          "The API server at " + address + " does not answer: no connection within 3 s.",
          "Check the network, the VPN and whether the cluster is up.");
    }
    if (caused(thrown, HttpTimeoutException.class)) {
      return tooSlow(address);
    }
    if (caused(thrown, CertificateExpiredException.class)) {
      return unavailable(
          "A certificate of the API server at " + address + " has expired.",
          "Renew the cluster's certificates, or check this machine's clock.");
    }
    if (caused(thrown, CertPathValidatorException.class)
        || caused(thrown, CertificateException.class)
        || said(thrown, "PKIX")) {
      return unavailable(
          "The certificate of the API server at " + address + " is not trusted.",
          "Check certificate-authority-data and the server address of the kubeconfig's context.");
    }
    if (caused(thrown, SSLException.class)) {
      return unavailable(
          "TLS with the API server at " + address + " failed.",
          "Check that the address speaks https and that the client certificate is still valid.");
    }
    if (caused(thrown, ConnectException.class) || caused(thrown, NoRouteToHostException.class)) {
      return unavailable(
          "The API server at " + address + " refused the connection.",
          "Check that the cluster is up and that the kubeconfig's context is the right one.");
    }
    return unavailable(
        "The connection to the API server at " + address + " was cut.",
        "Call again; if it stays so, check the cluster's health.");
  }

  /// No answer in time.
  static ClusterException tooSlow(String address) {
    return new ClusterException(
        Reason.TIMEOUT,
        "The API server at " + address + " did not answer in time.",
        "Call again, or ask for less: a namespace, a selector, a name.");
  }

  /// The server does not know these credentials.
  static ClusterException unauthorized(String address) {
    return unavailable(
        "The API server at " + address + " does not accept the credentials (401).",
        "They are wrong or have expired: log in again (the kubeconfig is read anew), then call again.");
  }

  /// Whether the same request may succeed at once: a connection that was cut, not one that could
  /// not be made.
  static boolean fleeting(Throwable thrown) {
    return thrown instanceof IOException
        && !caused(thrown, SSLException.class)
        && !caused(thrown, HttpTimeoutException.class)
        && !caused(thrown, ConnectException.class)
        && !caused(thrown, UnknownHostException.class)
        && !caused(thrown, UnresolvedAddressException.class);
  }

  private static boolean caused(@Nullable Throwable thrown, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean said(@Nullable Throwable thrown, String word) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
      if (String.valueOf(at.getMessage()).contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static ClusterException unavailable(String message, String hint) {
    return new ClusterException(Reason.CLUSTER_UNAVAILABLE, message, hint);
  }
}
