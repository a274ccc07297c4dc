package io.github.kubewicket.policy.window;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Where a calendar comes from.
sealed interface CalendarSource {
  /// A file on this machine.
  record InFile(Path path) implements CalendarSource {}

  /// An address on the network.
  record AtAddress(URI address) implements CalendarSource {}

  /// Hosts that plain HTTP may go to.
  Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /// Reads an absolute path, or an address with `https` (`http` on the loopback interface).
  static CalendarSource parse(String text) throws CalendarFault {
    try {
      if (text.startsWith("/")) {
        return new InFile(Path.of(text));
      }
      URI address = URI.create(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
      boolean isSafe = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
      if (address.getHost() != null && isSafe && address.getUserInfo() == null) {
        return new AtAddress(address);
      }
    } catch (IllegalArgumentException e) {
      // Said below, in the same words.
    }
    throw new CalendarFault("is neither an absolute path nor an https address without a user");
  }

  /// A source as answers may show it: the file's name, or the host. The path of an address is often
  /// the secret that lets one read the calendar.
  static String shown(String text) {
    try {
      if (text.startsWith("/")) {
        return String.valueOf(Path.of(text).getFileName());
      }
      URI address = URI.create(text);
      return address.getHost() == null ? "that is configured" : "of " + address.getHost();
    } catch (IllegalArgumentException e) {
      return "that is configured";
    }
  }
}
