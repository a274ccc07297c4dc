package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for new entries, of whichever process, as long as somebody wants to know; one thread for
/// all of them.
final class LedgerPoll {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerPoll.class);
  private static final int MOST_AT_ONCE = 5_000;

  private final Supplier<Optional<Ledger>> ledger;
  private final Duration every;
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private long seen;
  private boolean running;

  /// Told of new entries.
  interface Listener {
    /// Some entries were appended, each of these ids; all of what belongs to a change, nothing
    /// else. It should return at once.
    void appended(List<Set<String>> ids);
  }

  LedgerPoll(Supplier<Optional<Ledger>> ledger, Duration every) {
    this.ledger = ledger;
    this.every = every;
  }

  /// Tells the listener of what is appended from now on, until the result is run.
  ///
  /// @throws LedgerException when the ledger cannot be read
  synchronized Runnable join(Listener listener) {
    if (!running) {
      seen = head();
      running = true;
      Thread.ofVirtual().name("ledger-poll").start(this::follow);
    }
    listeners.add(listener);
    return () -> leave(listener);
  }

  /// Whether anybody wants to know.
  synchronized boolean running() {
    return running;
  }

  private synchronized void leave(Listener listener) {
    listeners.remove(listener);
  }

  private long head() {
    return ledger.get().map(it -> it.read(LedgerPoll::head)).orElse(0L);
  }

  private static long head(LedgerView view) {
    return view.last().map(Entry::seq).orElse(0L);
  }

  private void follow() {
    try {
      while (goesOn()) {
        Thread.sleep(every);
        poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean goesOn() {
    running = !listeners.isEmpty();
    return running;
  }

  private void poll() {
    try {
      List<Set<String>> fresh = ledger.get().map(it -> it.read(this::fresh)).orElse(List.of());
      if (!fresh.isEmpty()) {
        told().forEach(listener -> listener.appended(fresh));
      }
    } catch (LedgerException e) {
      // What was appended meanwhile is seen when it can be read again.
    } catch (RuntimeException e) {
      LOG.error("new entries of the ledger could not be told", e);
    }
  }

  private synchronized List<Listener> told() {
    return List.copyOf(listeners);
  }

  private List<Set<String>> fresh(LedgerView view) {
    long head = head(view);
    List<Set<String>> fresh = new ArrayList<>();
    if (head > seen) {
      view.forEach(
          Math.max(seen + 1, head - MOST_AT_ONCE + 1),
          entry -> {
            if (Story.TOLD.contains(entry.type())) {
              fresh.add(Story.ids(entry));
            }
          });
      seen = head;
    }
    return List.copyOf(fresh);
  }
}
