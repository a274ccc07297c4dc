package io.github.kubewicket.server.cluster;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The proxy that the environment asks for, as kubectl understands `HTTPS_PROXY`, `HTTP_PROXY` and
/// `NO_PROXY`. A kubeconfig's own `proxy-url` goes before it.
final class Proxies {
  private Proxies() {}

  /// The proxy for this server; empty where none is meant, and always for the loopback.
  static Optional<URI> of(URI server, Map<String, String> environment) {
    String host = String.valueOf(server.getHost()).toLowerCase(Locale.ROOT);
    boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    String name = server.getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    String proxy = variable(environment, name);
    if (loopback || proxy.isEmpty() || excluded(host, variable(environment, "NO_PROXY"))) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      return Optional.of(uri)
          .filter(it -> it.getHost() != null && it.getScheme().startsWith("http"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean excluded(String host, String list) {
    for (String item : list.split(",")) {
      String entry = item.strip().toLowerCase(Locale.ROOT);
      String domain = entry.startsWith(".") ? entry.substring(1) : entry;
      if (entry.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))
          || within(host, entry)) {
        return true;
      }
    }
    return false;
  }

  /// Whether an IPv4 address is in a block such as `10.0.0.0/8`.
  private static boolean within(String host, String block) {
    int slash = block.indexOf('/');
    if (slash < 0) {
      return false;
    }
    try {
      int bits = Integer.parseInt(block.substring(slash + 1));
      long mask = bits <= 0 ? 0 : -1L << (32 - Math.min(32, bits));
      return (number(host) & mask) == (number(block.substring(0, slash)) & mask);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static long number(String address) {
    String[] parts = address.split("\\.");
    if (parts.length != 4) {
      throw new NumberFormatException(address);
    }
    long number = 0;
    for (String part : parts) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return (value == null ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value)
        .strip();
  }
}
