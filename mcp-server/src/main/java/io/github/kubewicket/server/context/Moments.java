package io.github.kubewicket.server.context;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Times as Kubernetes writes them (RFC 3339).
final class Moments {
  private Moments() {}

  /// The moment, where there is one and it can be read.
  static Optional<Instant> of(JsonNode time) {
    String text = time.asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// When the object was created.
  static Instant created(JsonNode object, Instant otherwise) {
    return of(object.path("metadata").path("creationTimestamp")).orElse(otherwise);
  }
}
