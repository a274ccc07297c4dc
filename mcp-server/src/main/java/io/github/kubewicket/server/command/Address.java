package io.github.kubewicket.server.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// `HOST:PORT` on the command line.
final class Address {
  private Address() {}

  /// Reads `HOST:PORT`, `[IPV6]:PORT`, or `PORT` alone, which is on loopback.
  ///
  /// @return empty where it is none of these, or the host is not this machine's to find
  static Optional<InetSocketAddress> of(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return host.isEmpty() || port < 0 || port > 65_535
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (NumberFormatException | UnknownHostException e) {
      return Optional.empty();
    }
  }
}
