package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/// Finishes what a crash left unfinished: for every intent without an outcome whose process is
/// gone, it looks at the object and writes down what it found. Runs at start and before every
/// change.
public final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final Supplier<Ledger> ledger;
  private final Supplier<Gate> gate;
  private final UnderWay underWay;
  private final Predicate<String> otherProcessLives;
  private final String instance;

  /// Settles this ledger's open intents.
  ///
  /// @param otherProcessLives whether the process with this instance name is alive
  /// @param instance this process's own name
  public Settler(
      Supplier<Ledger> ledger,
      Supplier<Gate> gate,
      UnderWay underWay,
      Predicate<String> otherProcessLives,
      String instance) {
    this.ledger = ledger;
    this.gate = gate;
    this.underWay = underWay;
    this.otherProcessLives = otherProcessLives;
    this.instance = instance;
  }

  /// Settles what can be settled; what cannot be seen stays open, and its target stays locked.
  ///
  /// @param workbench opened only where something is to be looked at
  public void settle(Supplier<Workbench> workbench) {
    List<Entry> open = ledger.get().read(view -> view.openIntents());
    for (Entry intent : open) {
      if (!underWaySomewhere(intent)) {
        outcome(workbench.get().find(intent)).ifPresent(outcome -> record(intent, outcome));
      }
    }
  }

  private boolean underWaySomewhere(Entry intent) {
    String by = intent.text("instance");
    String change =
        intent.text("revertOf").isEmpty() ? intent.text("changeId") : intent.text("revertOf");
    return by.equals(instance) ? underWay.contains(change) : otherProcessLives.test(by);
  }

  private void record(Entry intent, Outcome outcome) {
    try {
      gate.get().settle(intent.text("changeId"), outcome);
      LOG.warn(
          "change={} had no outcome; settled as {}",
          intent.text("changeId"),
          outcome.result().word());
    } catch (LedgerException e) {
      // Another process may have settled it first; the ledger takes one outcome per change.
      LOG.warn("change={} could not be settled: {}", intent.text("changeId"), e.getMessage());
    }
  }

  private static Optional<Outcome> outcome(Found found) {
    return switch (found) {
      case APPLIED_HEALTHY ->
          settled(Outcome.Result.VERIFIED, "Found applied and healthy after an interruption.");
      case APPLIED_UNHEALTHY ->
          settled(
              Outcome.Result.ESCALATED,
              "Found applied but not healthy after an interruption; a person has to look.");
      case NOT_APPLIED ->
          settled(Outcome.Result.NOT_APPLIED, "Found not applied after an interruption.");
      case CHANGED_SINCE ->
          settled(
              Outcome.Result.UNKNOWN,
              "After an interruption the target is neither as it was nor as it was to be.");
      case UNSEEN -> Optional.empty();
    };
  }

  private static Optional<Outcome> settled(Outcome.Result result, String message) {
    return Optional.of(new Outcome(result, message, JsonNodeFactory.instance.objectNode()));
  }
}
