package io.github.kubewicket.policy.ledger;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One line of the ledger. It is never changed or removed.
///
/// @param seq 1, 2, 3, … without gaps
/// @param at ledger time, milliseconds; never earlier than the entry before it, even when the clock
///   jumps back
/// @param type what it records
/// @param body the fields, at most 64 KiB as canonical JSON
/// @param prev the previous entry's hash, 64 hex digits; 64 zeros for the first
/// @param hash SHA-256 over the domain, `prev`, `seq`, `at`, `type` and the canonical body, 64 hex
///   digits
public record Entry(
    long seq, Instant at, EntryType type, ObjectNode body, String prev, String hash) {
  /// A text field of the body, or `""` where it is absent.
  public String text(String field) {
    return body.path(field).asString("");
  }
}
