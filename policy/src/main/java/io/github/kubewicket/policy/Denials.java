package io.github.kubewicket.policy;

import io.github.kubewicket.policy.guard.FrozenGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.settings.FreezeSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Records refusals. A refusal stands whether or not it could be recorded, and an agent that asks
/// in a loop cannot fill the disk: at most 60 are recorded a minute, 30 of those that only tell it
/// to wait, and 30 of what rules would have done or suggest. The three are apart, so that none
/// hides refusals from the freeze.
final class Denials {
  private static final int PER_MINUTE = 60;
  private static final int OTHERS_PER_MINUTE = 30;
  private static final int MAX_TEXT = 1_000;

  /// Refusals that only tell a patient caller to go on waiting.
  private static final Set<String> WAITING =
      Set.of("APPROVAL_REQUIRED", "QUORUM_MISSING", "VETO_PENDING", "LOCKED", "CALLER_FROZEN");

  /// What such a refusal is about in the ledger, where others are about their caller.
  private static final String WAITS = "waiting";

  private final Ledger ledger;
  private final InstantSource clock;
  private final PerMinute recorded = new PerMinute(PER_MINUTE);
  private final PerMinute waiting = new PerMinute(OTHERS_PER_MINUTE);
  private final PerMinute noted = new PerMinute(OTHERS_PER_MINUTE);

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
    named(attempt, body);
    return record(body, attempt.caller(), denial, freeze);
  }

  private Denial record(
      ObjectNode body, Caller caller, Denial denial, Optional<FreezeSettings> freeze) {
    boolean waits = WAITING.contains(denial.code().name());
    if (!(waits ? waiting : recorded).take(clock.instant())) {
      return denial;
    }
    if (waits) {
      body.put("subject", WAITS);
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
    if (!noted.take(clock.instant())) {
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
    named(attempt, body);
    ledger.write(tx -> tx.append(type, body));
  }

  private static void named(Attempt attempt, ObjectNode body) {
    if (!attempt.target().clusterName().isEmpty()) {
      body.put("clusterName", attempt.target().clusterName());
    }
    attempt
        .askedAs()
        .ifPresent(it ->
            body.putObject("askedAs").put("user", it.user()).put("requestId", it.requestId()));
  }

  /// Freezes a caller whose refusals since the last release have become too many.
  private static void freeze(Caller caller, FreezeSettings settings, LedgerTransaction tx) {
    if (FrozenGuard.frozen(caller.name(), tx).isPresent()) {
      return;
    }
    long released = FrozenGuard.released(caller.name(), tx);
    long counted =
        tx
            .about(
                EntryType.DENIED,
                caller.name(),
                tx.now().minus(settings.window()),
                settings.denials())
            .stream()
            .filter(entry -> entry.seq() > released)
            .count();
    if (counted >= settings.denials()) {
      tx.append(
          EntryType.FROZEN,
          JsonNodeFactory.instance
              .objectNode()
              .put("subject", caller.name())
              .put("refusals", counted)
              .put("windowSeconds", settings.window().toSeconds()));
    }
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
