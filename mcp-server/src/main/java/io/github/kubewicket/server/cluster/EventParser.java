package io.github.kubewicket.server.cluster;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/// Reads events of the core API, whichever of the two APIs wrote them: the older one counts in
/// `count` and `lastTimestamp`, the newer one (events.k8s.io) in `eventTime` and `series`.
final class EventParser {
  private static final int MAX_MESSAGE = 500;

  private EventParser() {}

  static Event parse(JsonNode json) {
    JsonNode object = json.path("involvedObject");
    JsonNode series = json.path("series");
    Instant created = time(json.path("metadata").path("creationTimestamp"), Instant.EPOCH);
    Instant first = time(json.path("firstTimestamp"), time(json.path("eventTime"), created));
    Instant last = time(series.path("lastObservedTime"), time(json.path("lastTimestamp"), first));
    return new Event(
        json.path("metadata").path("uid").asString(""),
        word(object.path("namespace")),
        word(object.path("kind")),
        word(object.path("name")),
        word(object.path("uid")),
        word(json.path("type")),
        word(json.path("reason")),
        Untrusted.line(Redaction.text(json.path("message").asString("")), MAX_MESSAGE),
        Math.max(1, series.path("count").asInt(json.path("count").asInt(1))),
        first,
        last);
  }

  private static String word(JsonNode json) {
    return Untrusted.line(Redaction.text(json.asString("")), 253);
  }

  private static Instant time(JsonNode json, Instant otherwise) {
    String text = json.asString("");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
