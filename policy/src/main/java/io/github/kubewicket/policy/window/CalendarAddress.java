package io.github.kubewicket.policy.window;

import java.io.IOException;
import java.net.URI;

/// Fetches calendars from the network. What implements it follows no redirects, uses no proxy that
/// nobody configured, and answers within a few seconds.
public interface CalendarAddress {
  /// The text behind an `https://` address, or `http://` on the loopback interface, in UTF-8.
  ///
  /// @param mostBytes more than that is a failure
  /// @throws IOException with a message for people, a part of a sentence such as `answered 404`
  String read(URI address, int mostBytes) throws IOException;

  /// No network.
  static CalendarAddress none() {
    return (_, _) -> {
      throw new IOException("is not fetched here");
    };
  }
}
