package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.server.cluster.Untrusted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people tell the gate besides their decisions about requests: stop, go on, begin anew. Such
/// an entry has a `subject`, `by` (the operating system's user) and `reason`.
final class Notices {
  /// The subject of a pause: everything.
  static final String ALL = "*";

  /// What is said about a reason that is none.
  static final String BOUNDS = "A reason is a text of 1 to 1000 characters.";

  private static final int LONGEST = 1_000;
  private static final int MOST = 100;

  private Notices() {}

  /// The body of an entry; empty where the reason is none.
  static Optional<ObjectNode> body(String subject, String reason) {
    String why = reason.strip();
    return why.isEmpty() || why.length() > LONGEST
        ? Optional.empty()
        : Optional.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("subject", subject)
                .put("by", System.getProperty("user.name", ""))
                .put("reason", why));
  }

  /// The pauses since writes were last let go on, oldest first, at most 100.
  static List<Entry> pauses(LedgerView ledger) {
    long resumed =
        ledger.about(EntryType.RESUMED, ALL, Instant.EPOCH, 1).stream()
            .mapToLong(Entry::seq)
            .max()
            .orElse(0);
    return ledger.about(EntryType.PAUSED, ALL, Instant.EPOCH, MOST).stream()
        .filter(entry -> entry.seq() > resumed)
        .toList();
  }

  /// A line for each pause, empty where writes are not paused.
  static String paused(LedgerView ledger) {
    return pauses(ledger).stream()
        .map(entry -> line("Writes are PAUSED", entry))
        .collect(Collectors.joining());
  }

  /// The same for a pause that stands in `tools.yaml`.
  static String paused(Loaded loaded) {
    return switch (loaded) {
      case Loaded.Valid(var policy) ->
          policy
              .guardrails()
              .paused()
              .map(why -> "Writes are PAUSED by tools.yaml: " + Untrusted.line(why, LONGEST) + "\n")
              .orElse("");
      case Loaded.Invalid _ ->
          "Writes are closed: tools.yaml does not load; see `kubewicket policy check`.\n";
    };
  }

  /// One line about an entry.
  static String line(String what, Entry entry) {
    return "%s since %s by %s: %s\n"
        .formatted(
            what,
            entry.at(),
            Untrusted.line(entry.text("by"), 100),
            Untrusted.line(entry.text("reason"), LONGEST));
  }
}
