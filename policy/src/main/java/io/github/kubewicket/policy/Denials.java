package io.github.kubewicket.policy;

import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Records refusals. A refusal stands whether or not it could be recorded, and an agent that asks
/// in a loop cannot fill the disk: at most 60 are recorded a minute.
final class Denials {
  private static final int PER_MINUTE = 60;
  private static final int MAX_TEXT = 1_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final ArrayDeque<Instant> recent = new ArrayDeque<>();

  Denials(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  Denial record(Caller caller, String tool, Denial denial) {
    return record(body(caller, tool, denial), denial);
  }

  Denial record(Attempt attempt, Denial denial) {
    ObjectNode body =
        body(attempt.caller(), attempt.tool(), denial)
            .put("target", attempt.target().describe())
            .put("targetUid", attempt.target().uid())
            .put("reason", clipped(attempt.reason()));
    return record(body, denial);
  }

  private Denial record(ObjectNode body, Denial denial) {
    if (!mayRecord()) {
      return denial;
    }
    try {
      return denial.recordedAs(ledger.write(tx -> tx.append(EntryType.DENIED, body)).seq());
    } catch (LedgerException e) {
      return denial;
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
