package io.github.kubewicket.policy;

import io.github.kubewicket.policy.guard.FrozenGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.settings.FreezeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Records refusals. A refusal stands whether or not it could be recorded, and an agent that asks
/// in a loop cannot fill the disk: at most 60 are recorded a minute.
final class Denials {
  private static final int PER_MINUTE = 60;
  private static final int MAX_TEXT = 1_000;

  /// Refusals that only tell a patient caller to go on waiting.
  private static final Set<String> WAITING =
      Set.of("APPROVAL_REQUIRED", "QUORUM_MISSING", "VETO_PENDING", "LOCKED", "CALLER_FROZEN");

  /// So many of them may stand between those that count.
  private static final int WAITING_MARGIN = 200;

  private final Ledger ledger;
  private final InstantSource clock;
  private final ArrayDeque<Instant> recent = new ArrayDeque<>();

  Denials(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// @param freeze when the caller is to be frozen; empty where there is no policy to say so
  Denial record(Caller caller, String tool, Denial denial, Optional<FreezeSettings> freeze) {
    return record(body(caller, tool, denial), caller, denial, freeze);
  }

  /// @param freeze when the caller is to be frozen; empty where there is no policy to say so
  Denial record(Attempt attempt, Denial denial, Optional<FreezeSettings> freeze) {
    ObjectNode body =
        body(attempt.caller(), attempt.tool(), denial)
            .put("target", attempt.target().describe())
            .put("targetUid", attempt.target().uid())
            .put("reason", clipped(attempt.reason()));
    return record(body, attempt.caller(), denial, freeze);
  }

  private Denial record(
      ObjectNode body, Caller caller, Denial denial, Optional<FreezeSettings> freeze) {
    if (!mayRecord()) {
      return denial;
    }
    try {
      return denial.recordedAs(
          ledger.write(tx -> {
            Entry entry = tx.append(EntryType.DENIED, body);
            freeze.ifPresent(settings -> freeze(caller, settings, tx));
            return entry.seq();
          }));
    } catch (LedgerException e) {
      return denial;
    }
  }

  /// Records what a rule would have done, or suggests.
  void note(EntryType type, String rule, Attempt attempt) {
    if (!mayRecord()) {
      return;
    }
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", "rule:" + rule)
            .put("caller", attempt.caller().name())
            .put("tool", attempt.tool())
            .put("target", attempt.target().describe())
            .put("targetUid", attempt.target().uid())
            .put("reason", clipped(attempt.reason()));
    ledger.write(tx -> tx.append(type, body));
  }

  /// Freezes a caller whose refusals since the last release have become too many.
  private static void freeze(Caller caller, FreezeSettings settings, LedgerTransaction tx) {
    Instant released = FrozenGuard.released(caller.name(), tx);
    Instant start = tx.now().minus(settings.window());
    Instant since = released.isAfter(start) ? released : start;
    List<Entry> refusals =
        tx.about(EntryType.DENIED, caller.name(), since, settings.denials() + WAITING_MARGIN);
    long counted = refusals.stream().filter(entry -> !WAITING.contains(entry.text("code"))).count();
    boolean frozen = !tx.about(EntryType.FROZEN, caller.name(), since, 1).isEmpty();
    if (counted >= settings.denials() && !frozen) {
      tx.append(
          EntryType.FROZEN,
          JsonNodeFactory.instance
              .objectNode()
              .put("subject", caller.name())
              .put("refusals", counted)
              .put("windowSeconds", settings.window().toSeconds()));
    }
  }

  private synchronized boolean mayRecord() {
    Instant now = clock.instant();
    while (!recent.isEmpty() && recent.getFirst().isBefore(now.minus(Duration.ofMinutes(1)))) {
      recent.removeFirst();
    }
    if (recent.size() >= PER_MINUTE) {
      return false;
    }
    recent.addLast(now);
    return true;
  }

  private static ObjectNode body(Caller caller, String tool, Denial denial) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("caller", caller.name())
            .put("tool", clipped(tool))
            .put("code", denial.code().name())
            .put("message", clipped(denial.message()));
    denial.rule().ifPresent(rule -> body.put("rule", rule));
    return body;
  }

  private static String clipped(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
