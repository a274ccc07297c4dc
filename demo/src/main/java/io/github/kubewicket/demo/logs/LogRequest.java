package io.github.kubewicket.demo.logs;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/// What of a container's log is wanted: `PodLogOptions`.
///
/// @param container empty for the only one
/// @param previous the log of the container before the last restart
/// @param tailLines only the last lines
/// @param since only lines from then on
/// @param limitBytes only the first bytes
/// @param timestamps each line begins with its time
public record LogRequest(
    String container,
    boolean previous,
    Optional<Integer> tailLines,
    Optional<Instant> since,
    Optional<Integer> limitBytes,
    boolean timestamps) {

  /// Reads a query; empty when a number or a time in it is none.
  public static Optional<LogRequest> of(Map<String, String> query, Instant now) {
    try {
      Optional<Instant> since = Optional.ofNullable(query.get("sinceTime")).map(Instant::parse);
      if (query.containsKey("sinceSeconds")) {
        since = number(query, "sinceSeconds").map(n -> now.minus(Duration.ofSeconds(n)));
      }
      return Optional.of(
          new LogRequest(
              query.getOrDefault("container", ""),
              query.getOrDefault("previous", "").equals("true"),
              number(query, "tailLines"),
              since,
              number(query, "limitBytes"),
              query.getOrDefault("timestamps", "").equals("true")));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(Map<String, String> query, String name) {
    return Optional.ofNullable(query.get(name)).map(Integer::parseUnsignedInt);
  }
}
