package io.github.kubewicket.server.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How much of bodies may be in hand at a time, of one caller and of all: a tree of JSON takes up
/// to twenty times its text, and the heap is no larger for many callers than for one.
final class ByteBudget {
  /// Bodies up to this size are not counted: what cancels a call always gets in.
  static final int FREE = 4 * 1_024;

  private final Admission.Bounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> byCaller = new HashMap<>();
  private int all;

  /// @param bounds in bytes
  ByteBudget(Admission.Bounds bounds) {
    this.bounds = bounds;
  }

  /// What one request holds, until it is closed.
  final class Held implements AutoCloseable {
    private final String caller;
    private int bytes;

    private Held(String caller) {
      this.caller = caller;
    }

    /// Whether it may hold so much; a no leaves what it held.
    boolean upTo(int wanted) {
      if (wanted <= FREE || wanted <= bytes) {
        return true;
      }
      boolean granted = charge(caller, wanted - bytes);
      if (granted) {
        bytes = wanted;
      }
      return granted;
    }

    @Override
    public void close() {
      if (bytes > 0) {
        boolean unused = charge(caller, -bytes);
        bytes = 0;
      }
    }
  }

  /// Holds nothing yet for this caller.
  Held hold(String caller) {
    return new Held(caller);
  }

  private boolean charge(String caller, int bytes) {
    lock.lock();
    try {
      int own = byCaller.getOrDefault(caller, 0) + bytes;
      if (bytes > 0 && (own > bounds.each() || all + bytes > bounds.all())) {
        return false;
      }
      if (own == 0) {
        byCaller.remove(caller);
      } else {
        byCaller.put(caller, own);
      }
      all += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
