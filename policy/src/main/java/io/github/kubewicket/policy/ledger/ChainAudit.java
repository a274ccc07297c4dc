package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.StrictJson;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Walks the entries in order and checks each against its own hash and against the one before it.
final class ChainAudit {
  private static final Set<String> TYPES =
      Arrays.stream(EntryType.values()).map(EntryType::word).collect(Collectors.toSet());

  private final Findings findings;
  private long count;
  private long lastSeq;
  private long lastAt;
  private String head = Chain.START;

  ChainAudit(Findings findings) {
    this.findings = findings;
  }

  void accept(long seq, long at, String type, String body, String prev, String hash) {
    if (seq > lastSeq + 1) {
      findings.add(lastSeq + 1, Finding.Kind.GAP, missing(lastSeq + 1, seq - 1) + " deleted.");
    } else if (seq <= lastSeq) {
      findings.add(seq, Finding.Kind.CHAIN, "Entry %d stands before the first one.".formatted(seq));
    } else if (!prev.equals(head)) {
      findings.add(
          seq,
          Finding.Kind.CHAIN,
          "Entry %d does not hold on to entry %d; one of them was inserted, moved or replaced."
              .formatted(seq, seq - 1));
    }
    if (!Chain.hash(prev, seq, at, type, body).equals(hash)) {
      findings.add(
          seq,
          Finding.Kind.EDITED,
          "Entry %d was edited: its number, time, type, body or predecessor does not have its hash."
              .formatted(seq));
    }
    if (!TYPES.contains(type)) {
      findings.add(
          seq, Finding.Kind.FORM, "Entry %d has a type that does not exist.".formatted(seq));
    }
    if (StrictJson.canonicalObject(body).isEmpty()) {
      findings.add(
          seq,
          Finding.Kind.FORM,
          "The body of entry %d is not a canonical JSON object.".formatted(seq));
    }
    if (at < lastAt) {
      findings.add(
          seq, Finding.Kind.TIME, "Entry %d is earlier than the one before it.".formatted(seq));
    }
    count++;
    lastSeq = seq;
    lastAt = at;
    head = hash;
  }

  static String missing(long from, long to) {
    return from == to ? "Entry " + from + " was" : "Entries " + from + " to " + to + " were";
  }

  long count() {
    return count;
  }

  long lastSeq() {
    return lastSeq;
  }

  String head() {
    return head;
  }
}
