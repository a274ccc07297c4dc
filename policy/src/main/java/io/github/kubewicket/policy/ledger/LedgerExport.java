package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import io.github.kubewicket.policy.canonical.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.node.ObjectNode;

/// The ledger as JSON lines, for other programs: one entry per line, canonical JSON, with the
/// members `at` (ISO 8601 in UTC), `body`, `hash`, `prev`, `seq` and `type`.
///
/// A reader can check the chain: each `hash` is the SHA-256, in hex, of `kubewicket/ledger/v1`,
/// `prev`, `seq`, `at` in milliseconds since 1970 and `type`, each followed by a line feed, and
/// then the canonical `body`.
public final class LedgerExport {
  private LedgerExport() {}

  /// Writes every entry from this number on, without holding them in memory.
  ///
  /// @throws UncheckedIOException when `out` fails
  /// @throws LedgerException when the ledger cannot be read
  public static void write(LedgerView view, long fromSeq, Appendable out) {
    view.forEach(
        fromSeq,
        entry -> {
          try {
            out.append(line(entry)).append('\n');
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /// One entry as one line, without a line feed.
  public static String line(Entry entry) {
    ObjectNode line =
        StrictJson.newObject()
            .put("seq", entry.seq())
            .put("at", entry.at().toString())
            .put("type", entry.type().word())
            .put("prev", entry.prev())
            .put("hash", entry.hash());
    line.set("body", entry.body());
    return CanonicalJson.text(line);
  }
}
