package io.github.kubewicket.server.protocol;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The requests being answered, by id; bounded in number and in bytes.
public final class InFlight {
  /// Whether a request may start.
  public enum Admission {
    /// It may.
    ADMITTED,
    /// Its id is in flight already.
    DUPLICATE,
    /// There are too many, or they are too big together.
    FULL,
    /// The server is stopping.
    STOPPING
  }

  /// Requests at a time. An agent runs a handful; the bound is for a client gone wild.
  public static final int MAX_REQUESTS = 64;

  /// Bytes of input held by requests at a time. Their JSON trees may take twenty times as much, and
  /// the server runs in a heap of 128 MiB.
  public static final int MAX_BYTES = 2 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Map<RequestId, Pending> byId = new HashMap<>();
  private int bytes;
  private boolean stopping;

  /// Takes a request in, if it may start.
  public Admission admit(Pending pending) {
    lock.lock();
    try {
      if (stopping) {
        return Admission.STOPPING;
      }
      if (byId.containsKey(pending.id())) {
        return Admission.DUPLICATE;
      }
      if (byId.size() >= MAX_REQUESTS || bytes + pending.bytes() > MAX_BYTES) {
        return Admission.FULL;
      }
      byId.put(pending.id(), pending);
      bytes += pending.bytes();
      return Admission.ADMITTED;
    } finally {
      lock.unlock();
    }
  }

  /// The request with this id, if it is in flight.
  public Optional<Pending> find(RequestId id) {
    lock.lock();
    try {
      return Optional.ofNullable(byId.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of a request that was admitted and has ended.
  public void ended(Pending pending) {
    lock.lock();
    try {
      byId.remove(pending.id());
      bytes -= pending.bytes();
      if (byId.isEmpty()) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Admits no more, and waits until the last one has ended.
  ///
  /// @return how many have not ended in time
  public int drain(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      long left = atMost.toNanos();
      while (!byId.isEmpty() && left > 0) {
        left = empty.awaitNanos(left);
      }
      return byId.size();
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts all; they may still answer.
  public void interruptAll() {
    all().forEach(Pending::interrupt);
  }

  /// Cancels all; their answers are kept back.
  public void cancelAll() {
    all().forEach(Pending::cancel);
  }

  private List<Pending> all() {
    lock.lock();
    try {
      return List.copyOf(byId.values());
    } finally {
      lock.unlock();
    }
  }
}
