package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Nothing is done while somebody has paused writes: in `tools.yaml`, with `kubewicket pause`, or
/// with the annotation `kubewicket.dev/pause` on the namespace.
public final class PausedGuard implements Guard {
  private static final String ANNOTATION = "kubewicket.dev/pause";

  @Override
  public String name() {
    return "paused";
  }

  @Override
  public Finding look(Case it) {
    Optional<String> why =
        it.settings()
            .paused()
            .map(reason -> "tools.yaml says so: " + reason)
            .or(() -> inLedger(it.ledger()));
    return why.<Finding>map(PausedGuard::no)
        .orElseGet(() ->
            Unseen.orRefused(
                it.around().namespace().map(NamespaceState::annotations),
                "pauses on the namespace",
                annotations ->
                    annotated(annotations)
                        .<Finding>map(PausedGuard::no)
                        .orElseGet(() -> new Finding.Passed("writes are not paused"))));
  }

  private static Finding no(String reason) {
    return new Finding.Refused(
        Denial.of(
            Reason.PAUSED,
            "Writes are paused; " + reason + ".",
            "Wait until a person resumes them."));
  }

  /// Why writes are paused by command, if they are.
  public static Optional<String> inLedger(LedgerView ledger) {
    Optional<Entry> paused = newest(EntryType.PAUSED, ledger);
    long resumed = newest(EntryType.RESUMED, ledger).map(Entry::seq).orElse(0L);
    return paused
        .filter(entry -> entry.seq() > resumed)
        .map(entry -> entry.text("by") + " said: " + entry.text("reason"));
  }

  private static Optional<String> annotated(Map<String, String> annotations) {
    return Optional.ofNullable(annotations.get(ANNOTATION))
        .map(reason -> "the namespace's annotation " + ANNOTATION + " says: " + clipped(reason));
  }

  private static Optional<Entry> newest(EntryType type, LedgerView ledger) {
    return ledger.about(type, "*", Instant.EPOCH, 1).stream().findFirst();
  }

  private static String clipped(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= 200 ? clean : clean.substring(0, 200) + "…";
  }
}
