package io.github.kubewicket.policy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Addresses that the server calls by itself. No message repeats one: chat services put their
/// secret into it.
final class Addresses {
  private Addresses() {}

  /// Whether it is `https://` with a host, or `http://` on this machine's loopback; without a user,
  /// a password or a fragment.
  static boolean isSafe(String text) {
    Optional<URI> uri = parse(text);
    if (uri.isEmpty()
        || uri.get().getHost() == null
        || uri.get().getScheme() == null
        || uri.get().getRawUserInfo() != null
        || uri.get().getRawFragment() != null) {
      return false;
    }
    return switch (uri.get().getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> isLoopback(uri.get().getHost());
      default -> false;
    };
  }

  // By its spelling: a name that resolves to loopback today may not tomorrow.
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || (host.startsWith("127.") && host.matches("127(\\.[0-9]{1,3}){3}"));
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
