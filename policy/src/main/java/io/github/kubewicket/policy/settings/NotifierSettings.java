package io.github.kubewicket.policy.settings;

import java.time.Duration;
import java.util.Optional;

/// Where people are told of acts, and how long an announced one is held back.
///
/// @param webhook an `https://` address (or `http://` on loopback) that takes a JSON message
/// @param file a file that a JSON line is appended to
/// @param hold how long an act of the tier `veto` is held back
public record NotifierSettings(Optional<String> webhook, Optional<String> file, Duration hold) {
  /// Nobody is told; an act is held back for a minute.
  public static final NotifierSettings NONE =
      new NotifierSettings(Optional.empty(), Optional.empty(), Duration.ofSeconds(60));

  /// Whether there is anybody to tell.
  public boolean isConfigured() {
    return webhook.isPresent() || file.isPresent();
  }
}
