package io.github.kubewicket.server.change;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The changes that this process is carrying out at the moment, so that nobody settles them
/// meanwhile and a shutdown waits for them.
public final class UnderWay {
  private final Set<String> changes = new HashSet<>();

  /// A change begins.
  public synchronized void begin(String changeId) {
    changes.add(changeId);
  }

  /// A change has ended.
  public synchronized void end(String changeId) {
    changes.remove(changeId);
    notifyAll();
  }

  /// Whether this process is carrying it out.
  public synchronized boolean contains(String changeId) {
    return changes.contains(changeId);
  }

  /// Waits until none is left, at most so long.
  ///
  /// @return whether none is left
  public synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!changes.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }
}
