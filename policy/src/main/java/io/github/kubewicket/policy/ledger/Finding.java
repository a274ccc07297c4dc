package io.github.kubewicket.policy.ledger;

/// One thing that is wrong with a ledger.
///
/// @param seq the entry that it is about; 0 where it is about the file as a whole
/// @param kind what kind of wrong
/// @param message one sentence that names the entry and what was done to it
public record Finding(long seq, Kind kind, String message) {
  /// What kinds of wrong there are.
  public enum Kind {
    /// The file, or a part of it, is no readable database.
    UNREADABLE,
    /// A table, an index or a trigger is missing, added or changed.
    SCHEMA,
    /// SQLite's own check of its pages and indexes failed; queries may not see what is there.
    STORAGE,
    /// Numbers are missing: entries were deleted.
    GAP,
    /// An entry does not hold on to the one before it: inserted, reordered or replaced.
    CHAIN,
    /// An entry's content does not have its hash.
    EDITED,
    /// An entry is not spelled the one canonical way, or has an unknown type.
    FORM,
    /// Time went backwards.
    TIME,
    /// A checkpoint is not one, or not signed by the installation's key.
    SIGNATURE,
    /// A signed head and the entry of that number differ: the chain was rewritten.
    HEAD,
    /// A signed head counts more entries than there are: the end was cut off.
    TRUNCATED,
    /// Entries at the end have no checkpoint: appended by something else, or checkpoints removed.
    UNSIGNED,
    /// An outcome of a change that nobody began.
    ORPHAN,
    /// One request or one change was acted on twice.
    REUSED,
    /// A change refers to a request that nobody had approved.
    UNAPPROVED,
    /// A checkpoint that was kept elsewhere is not in this ledger's history.
    WITNESS
  }
}
