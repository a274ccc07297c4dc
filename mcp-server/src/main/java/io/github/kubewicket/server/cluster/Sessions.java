package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the session that fits the credentials as they are now: made on first use, made anew when a
/// kubeconfig file changed, when the credentials end, or after the server refused them.
final class Sessions {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration BEFORE_END = Duration.ofSeconds(30);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  private final LoginSource source;
  private final String userAgent;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile long lookedAt;
  private String seen = "";
  private long renewedAt;

  Sessions(LoginSource source, String userAgent, InstantSource clock) {
    this.source = source;
    this.userAgent = userAgent;
    this.clock = clock;
  }

  /// The session to use now.
  ///
  /// @throws ClusterException when there is no kubeconfig, or it cannot be used
  Session current(Deadline deadline) {
    Session now = session;
    if (now != null && System.nanoTime() - lookedAt < LOOK_EVERY.toNanos() && !ends(now)) {
      return now;
    }
    return locked(
        deadline,
        () -> {
          Session known = session;
          if (known == null || ends(known) || !source.mark().equals(seen)) {
            return load(deadline);
          }
          lookedAt = System.nanoTime();
          return known;
        });
  }

  /// Reads the credentials again after the server refused those of `refused`. Empty where that was
  /// done a moment ago, so that a wrong password does not run a login plugin at every call.
  Optional<Session> renew(Session refused, Deadline deadline) {
    return locked(
        deadline,
        () -> {
          Session known = session;
          if (known != null && known != refused) {
            return Optional.of(known);
          }
          if (renewedAt != 0 && System.nanoTime() - renewedAt < RENEW_EVERY.toNanos()) {
            return Optional.<Session>empty();
          }
          renewedAt = System.nanoTime();
          return Optional.of(load(deadline));
        });
  }

  private Session load(Deadline deadline) {
    String before = source.mark();
    Login login = source.read(deadline);
    Session made = new Session(login, HttpClients.of(login), userAgent);
    seen = before;
    lookedAt = System.nanoTime();
    session = made;
    return made;
  }

  private boolean ends(Session known) {
    return known
        .login()
        .expires()
        .filter(end -> clock.instant().plus(BEFORE_END).isAfter(end))
        .isPresent();
  }

  private <T> T locked(Deadline deadline, Supplier<T> action) {
    try {
      if (!lock.tryLock(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
        throw Failures.tooSlow("the kubeconfig's context");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
