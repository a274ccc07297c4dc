package io.github.kubewicket.policy.ledger;

/// Where signed checkpoints go besides the ledger: a place that whoever can write to the ledger
/// cannot rewrite, such as stderr under a log collector.
@FunctionalInterface
public interface CheckpointSink {
  /// Takes one checkpoint, after the commit and outside every lock. What it throws is logged and
  /// does not undo the commit.
  ///
  /// It is called when a request, a decision on one, an intent or an outcome was appended, and for
  /// every hundredth entry; calls of concurrent writers may come out of order.
  void publish(Checkpoint checkpoint);

  /// Keeps nothing.
  static CheckpointSink none() {
    return checkpoint -> {};
  }
}
