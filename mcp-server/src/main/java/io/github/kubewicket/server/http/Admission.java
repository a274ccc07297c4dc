package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Door;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How much may go on at a time, for one caller and for all: beyond it a request is turned away at
/// once instead of slowing the others. Also knows when nothing goes on any more.
final class Admission {
  /// Requests at a time, or streams.
  ///
  /// @param each of one caller
  /// @param all of all callers together
  record Bounds(int each, int all) {}

  private final Bounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Map<String, Integer> byCaller = new HashMap<>();
  private int all;
  private boolean stopping;

  Admission(Bounds bounds) {
    this.bounds = bounds;
  }

  /// Takes one in, if there is room and the server is not stopping.
  boolean enter(String caller) {
    lock.lock();
    try {
      int own = byCaller.getOrDefault(caller, 0);
      if (stopping || all >= bounds.all() || own >= bounds.each()) {
        return false;
      }
      byCaller.put(caller, own + 1);
      all++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Lets one go that was taken in.
  void leave(String caller) {
    lock.lock();
    try {
      if (byCaller.merge(caller, -1, Integer::sum) <= 0) {
        byCaller.remove(caller);
      }
      if (--all == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The same for the requests of a conversation with this caller.
  Door door(String caller) {
    return new Door() {
      @Override
      public boolean enter() {
        return Admission.this.enter(caller);
      }

      @Override
      public void leave() {
        Admission.this.leave(caller);
      }
    };
  }

  /// How many there are.
  int count() {
    lock.lock();
    try {
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more in.
  void stop() {
    lock.lock();
    try {
      stopping = true;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it takes no more in.
  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the last one has left.
  ///
  /// @return how many have not left in time
  int awaitEmpty(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (all > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
      return all;
    } finally {
      lock.unlock();
    }
  }
}
