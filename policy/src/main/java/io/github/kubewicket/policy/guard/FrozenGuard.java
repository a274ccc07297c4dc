package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Instant;
import java.util.Optional;

/// A caller that was refused again and again is frozen until a person releases it: whoever probes
/// the gate for holes runs out of tries.
public final class FrozenGuard implements Guard {
  @Override
  public String name() {
    return "caller";
  }

  @Override
  public Finding look(Case it) {
    String caller = it.attempt().caller().name();
    return frozen(caller, it.ledger())
        .<Finding>map(entry ->
            new Finding.Refused(
                Denial.of(
                        Reason.CALLER_FROZEN,
                        caller + " is frozen since " + entry.at() + ", after too many refusals.",
                        "Hand over to a person, who can run `kubewicket release " + caller + "`.")
                    .byRule("freeze")))
        .orElseGet(() -> new Finding.Passed(caller + " is not frozen"));
  }

  /// What froze this caller, where nobody has released it since. Entries are compared by their
  /// numbers: ledger time stands still after the clock was set back.
  public static Optional<Entry> frozen(String caller, LedgerView ledger) {
    return newest(EntryType.FROZEN, caller, ledger)
        .filter(entry -> entry.seq() > released(caller, ledger));
  }

  /// The number of the entry by which a person released this caller last; 0 where nobody ever did.
  public static long released(String caller, LedgerView ledger) {
    return newest(EntryType.RELEASED, caller, ledger).map(Entry::seq).orElse(0L);
  }

  private static Optional<Entry> newest(EntryType type, String caller, LedgerView ledger) {
    return ledger.about(type, caller, Instant.EPOCH, 1).stream().findFirst();
  }
}
