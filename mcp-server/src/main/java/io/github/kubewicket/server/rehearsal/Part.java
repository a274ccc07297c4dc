package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.config.LocatedYaml;
import io.github.kubewicket.policy.config.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A part of a file of cases, and the reading of it as this or that. What does not fit becomes a
/// problem here, so an empty answer has always been reported, or the key is not there.
///
/// @param document the file
/// @param pointer where in it, as a JSON pointer
/// @param value what stands there
/// @param problems where problems are put
record Part(LocatedYaml document, String pointer, JsonNode value, List<Problem> problems) {
  private static final int MOST_ITEMS = 2_000;

  /// The whole file.
  static Part of(LocatedYaml document, List<Problem> problems) {
    return new Part(document, "", document.root(), problems);
  }

  void problem(String message) {
    problems.add(document.problem(pointer, message));
  }

  int line() {
    return document.line(pointer);
  }

  /// Whether these are keys with values; those that are not allowed are reported.
  boolean hasOnly(String what, Set<String> allowed) {
    if (!value.isObject()) {
      problem("Expected " + what + ".");
      return false;
    }
    for (String key : value.propertyNames()) {
      if (!allowed.contains(key)) {
        at(key)
            .problem(
                "Unknown key "
                    + LocatedYaml.quoted(key)
                    + "; allowed here: "
                    + String.join(", ", allowed)
                    + LocatedYaml.meant(key, allowed));
      }
    }
    return true;
  }

  /// What stands behind a key, if anything does.
  Optional<Part> find(String key) {
    Part part = at(key);
    return part.value().isMissingNode() || part.value().isNull()
        ? Optional.empty()
        : Optional.of(part);
  }

  /// What has to stand behind a key.
  Optional<Part> need(String key, String what) {
    Optional<Part> part = find(key);
    if (part.isEmpty()) {
      problem("The key " + key + " is missing here; it is " + what + ".");
    }
    return part;
  }

  /// The entries of a list.
  List<Part> items(String what) {
    if (!value.isArray()) {
      problem("Expected " + what + "; begin each entry with \"- \".");
      return List.of();
    }
    if (value.size() > MOST_ITEMS) {
      problem("The list has " + value.size() + " entries; " + MOST_ITEMS + " are allowed.");
      return List.of();
    }
    List<Part> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      items.add(new Part(document, pointer + "/" + i, value.path(i), problems));
    }
    return items;
  }

  /// Non-empty text; a number or a switch is taken as it is spelled.
  Optional<String> text(String what) {
    if (value.isValueNode() && !value.isNull() && !value.asString("").isBlank()) {
      return Optional.of(value.asString(""));
    }
    problem("Expected " + what + ".");
    return Optional.empty();
  }

  /// One of these words.
  Optional<String> word(Collection<String> words) {
    String what = "one of " + String.join(", ", words);
    Optional<String> word = text(what);
    if (word.isPresent() && !words.contains(word.get())) {
      problem(
          "Expected "
              + what
              + ", but found "
              + LocatedYaml.quoted(word.get())
              + LocatedYaml.meant(word.get(), words));
      return Optional.empty();
    }
    return word;
  }

  /// A moment of ISO 8601 with `Z` or an offset.
  Optional<Instant> instant() {
    String what = "a moment with a zone, such as 2026-03-03T02:17:00Z";
    Optional<String> text = text(what);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(text.get()).toInstant();
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 2000 && year <= 2999) {
        return Optional.of(instant);
      }
    } catch (DateTimeException e) {
      // Reported below, with what was found.
    }
    problem("Expected " + what + ", but found " + LocatedYaml.quoted(text.get()) + ".");
    return Optional.empty();
  }

  private Part at(String key) {
    return new Part(
        document,
        pointer + "/" + key.replace("~", "~0").replace("/", "~1"),
        value.path(key),
        problems);
  }
}
