package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.limit.Scope;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A consistent look at the ledger.
public interface LedgerView {
  /// Ledger time: the clock, but never earlier than the last entry. Budgets and expiries use it.
  Instant now();

  /// The entry with this number.
  Optional<Entry> entry(long seq);

  /// The newest entry.
  Optional<Entry> last();

  /// All entries whose body has this `requestId`, oldest first.
  List<Entry> ofRequest(String requestId);

  /// All entries whose body has this `changeId`, oldest first.
  List<Entry> ofChange(String changeId);

  /// Intents that have no outcome yet, oldest first.
  List<Entry> openIntents();

  /// Requests that nobody rejected, revoked or used, oldest first, at most `limit`; expired ones
  /// included.
  List<Entry> openRequests(int limit);

  /// The same, of requests made after `after` (exclusive) in ledger time. Prefer it where expired
  /// requests are of no interest: they stay open for ever and would fill the limit.
  default List<Entry> openRequests(Instant after, int limit) {
    return openRequests(Integer.MAX_VALUE).stream()
        .filter(entry -> entry.at().isAfter(after))
        .limit(limit)
        .toList();
  }

  /// When the intents of this class were charged to this scope's key after `after` (exclusive),
  /// oldest first. An intent whose outcome has `charged: false` does not count.
  List<Instant> charges(ChangeClass changeClass, Scope scope, String key, Instant after);

  /// The intents of this class that were charged to this scope's key after `after` (exclusive),
  /// oldest first, those whose outcome has `charged: false` left out.
  List<Entry> acts(ChangeClass changeClass, Scope scope, String key, Instant after);

  /// The entries of this type about this subject after `after` (exclusive), oldest first, at most
  /// `limit` of them, the newest ones. The subject is the body's `subject`, or else its `caller`.
  ///
  /// @param type any but `INTENT`, `REQUESTED` and `STARTUP`
  List<Entry> about(EntryType type, String subject, Instant after, int limit);

  /// The entries of this type, oldest first, at most `limit` of them, the newest ones. A store that
  /// has an index for it does better than this walk through the whole ledger.
  ///
  /// @param type any but `INTENT`, `REQUESTED` and `STARTUP`
  default List<Entry> ofType(EntryType type, int limit) {
    ArrayDeque<Entry> found = new ArrayDeque<>();
    forEach(
        1,
        entry -> {
          if (entry.type() == type) {
            found.add(entry);
            if (found.size() > limit) {
              found.removeFirst();
            }
          }
        });
    return List.copyOf(found);
  }

  /// Hands every entry from `fromSeq` on to `visitor`, in order, without holding them all in
  /// memory.
  void forEach(long fromSeq, Consumer<Entry> visitor);
}
