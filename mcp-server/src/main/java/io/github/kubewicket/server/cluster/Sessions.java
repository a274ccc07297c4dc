package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the session that fits the credentials as they are now: made on first use, made anew when a
/// kubeconfig file changed, when the credentials end, or after the server refused them.
final class Sessions {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration BEFORE_END = Duration.ofSeconds(30);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  private final ClusterLocation where;
  private final String userAgent;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile long lookedAt;
  private List<String> seen = List.of();
  private long renewedAt;

  Sessions(ClusterLocation where, String userAgent, InstantSource clock) {
    this.where = where;
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
          if (known == null || ends(known) || !fingerprint().equals(seen)) {
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
    List<String> before = fingerprint();
    Login read = login(deadline);
    Login login = read.proxied(Proxies.of(read.server(), where.environment()));
    Session made = new Session(login, HttpClients.of(login), userAgent);
    seen = before;
    lookedAt = System.nanoTime();
    session = made;
    return made;
  }

  private Login login(Deadline deadline) {
    List<Path> files = where.files();
    if (!files.isEmpty()) {
      Duration limit = Duration.ofMillis(Math.min(6_000, deadline.millisLeft()));
      return Kubeconfig.read(files, where.context(), new ExecPlugin(limit));
    }
    if (where.namesAFile()) {
      throw new ClusterException(
          Reason.CLUSTER_UNAVAILABLE,
          "The kubeconfig "
              + String.join(", ", where.candidates().stream().map(Path::toString).toList())
              + " does not exist.",
          "Name an existing file with --kubeconfig or $KUBECONFIG.");
    }
    return ServiceAccount.read(where.environment())
        .orElseThrow(() ->
            new ClusterException(
                Reason.CLUSTER_UNAVAILABLE,
                "There is no kubeconfig: neither --kubeconfig nor $KUBECONFIG is given, and "
                    + where.candidates().getFirst()
                    + " does not exist.",
                "Log in to a cluster, name a file with --kubeconfig, or try"
                    + " `kubewicket serve --demo`."));
  }

  private boolean ends(Session known) {
    return known
        .login()
        .expires()
        .filter(end -> clock.instant().plus(BEFORE_END).isAfter(end))
        .isPresent();
  }

  private List<String> fingerprint() {
    List<String> marks = new ArrayList<>();
    for (Path file : where.candidates()) {
      try {
        marks.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      } catch (IOException e) {
        marks.add(file + " absent");
      }
    }
    return marks;
  }

  private <T> T locked(Deadline deadline, java.util.function.Supplier<T> action) {
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
