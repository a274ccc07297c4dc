package io.github.kubewicket.policy.ledger;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands checkpoints to a sink; what the sink throws undoes nothing.
///
/// @param sink where they go
record CheckpointFeed(CheckpointSink sink) {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFeed.class);
  private static final int EVERY = 100;
  private static final Set<EntryType> SHOWN =
      EnumSet.of(
          EntryType.REQUESTED,
          EntryType.APPROVED,
          EntryType.REJECTED,
          EntryType.REVOKED,
          EntryType.INTENT,
          EntryType.PAUSED,
          EntryType.RESUMED,
          EntryType.RELEASED,
          EntryType.FROZEN,
          EntryType.TOKEN_ISSUED,
          EntryType.TOKEN_REVOKED,
          EntryType.OUTCOME);

  /// Whether the checkpoint of a transaction that appended this entry is handed on.
  static boolean shows(Entry entry) {
    return SHOWN.contains(entry.type()) || entry.seq() % EVERY == 0;
  }

  void publish(Checkpoint checkpoint) {
    try {
      sink.publish(checkpoint);
    } catch (RuntimeException e) {
      LOG.warn("A checkpoint could not be published: {}", e.getMessage());
    }
  }
}
