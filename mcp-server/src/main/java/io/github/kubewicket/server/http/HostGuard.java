package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.settings.HttpSettings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/// Keeps web pages out. A page in a browser on this machine can reach a loopback port, and can make
/// its own name resolve to it (DNS rebinding); but it cannot lie about `Host` and `Origin`.
final class HostGuard {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-f:.]{2,45}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Supplier<HttpSettings> settings;

  HostGuard(Supplier<HttpSettings> settings) {
    this.settings = settings;
  }

  /// Whether a request for its host may be answered: a name of ours, or the very address that was
  /// connected to, which no name had to be resolved for.
  boolean admitsHost(Request request) {
    String name = nameOf(request);
    HttpSettings now = settings.get();
    return LOOPBACK.contains(name)
        || now.allowedHosts().contains(name)
        || now.publicUrl().map(URI::getHost).filter(name::equalsIgnoreCase).isPresent()
        || isItsAddress(name, request);
  }

  /// Whether a request was made by address, or by a name of this machine for itself.
  static boolean isAddressOrLoopback(Request request) {
    String name = nameOf(request);
    return LOOPBACK.contains(name) || isItsAddress(name, request);
  }

  /// Whether a page of another site had the browser send this without saying its origin, as it does
  /// for an image: the page can read nothing of the answer, but would hold a stream open. [Fetch
  /// Metadata](https://www.w3.org/TR/fetch-metadata/); no page can set the header itself.
  static boolean isOfAnotherSite(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    return !request.getHeaders().contains("Origin")
        && ("cross-site".equals(site) || "same-site".equals(site));
  }

  private static boolean isItsAddress(String name, Request request) {
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    return ADDRESS.matcher(bare).matches() && bare.equals(Request.getLocalAddr(request));
  }

  /// Whether a request of a page of this origin may be answered. No origin is no page.
  boolean admitsOrigin(Optional<String> origin) {
    return origin.isEmpty() || isLoopback(origin.get()) || mayRead(origin.get());
  }

  /// Whether a page of this origin may read answers: only where `tools.yaml` says so.
  boolean mayRead(String origin) {
    return settings.get().allowedOrigins().contains(origin);
  }

  private static boolean isLoopback(String origin) {
    try {
      URI uri = URI.create(origin);
      String host = uri.getHost();
      return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String nameOf(Request request) {
    String host = request.getHttpURI().getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
