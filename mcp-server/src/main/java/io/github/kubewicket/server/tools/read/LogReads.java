package io.github.kubewicket.server.tools.read;

import com.google.re2j.Pattern;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.LogQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the logs of several pods at once, each on a thread of its own.
///
/// The kubelet's `limitBytes` keeps the oldest bytes of the tail, not the newest. So it only
/// guards: a log that runs into it is read again with as many lines as fit.
final class LogReads {
  private static final int SEARCHED_LINES = 10_000;
  private static final long MAX_BYTES = 24L << 20;

  private final ClusterView cluster;
  private final String namespace;
  private final String container;
  private final boolean previous;
  private final Optional<Instant> since;
  private final int tail;
  private final Optional<Pattern> grep;
  private final long room;

  LogReads(
      ClusterView cluster,
      String namespace,
      String container,
      boolean previous,
      Optional<Instant> since,
      int tail,
      Optional<Pattern> grep,
      long room) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.container = container;
    this.previous = previous;
    this.since = since;
    this.tail = tail;
    this.grep = grep;
    this.room = room;
  }

  /// What came of one pod's log.
  ///
  /// @param lines what was kept
  /// @param searched how many of the newest lines were looked at; 0 for all that were asked for
  /// @param failure why there is none
  record Read(String pod, LogTail lines, int searched, Optional<ClusterException> failure) {}

  /// Reads all of them.
  List<Read> of(List<String> pods) {
    if (pods.size() == 1) {
      return List.of(one(pods.getFirst(), MAX_BYTES));
    }
    long share = MAX_BYTES / pods.size();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Read>> futures = new ArrayList<>();
      pods.forEach(pod -> futures.add(threads.submit(() -> one(pod, share))));
      List<Read> reads = new ArrayList<>();
      try {
        for (Future<Read> future : futures) {
          reads.add(future.get());
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading a log failed", e.getCause());
      }
      return reads;
    }
  }

  private Read one(String pod, long maxBytes) {
    int lines = grep.isPresent() ? SEARCHED_LINES : tail;
    LogTail kept = new LogTail(pod, grep, tail, room);
    try {
      if (!cluster.log(query(pod, lines, maxBytes), kept::take)) {
        return new Read(pod, kept, 0, Optional.empty());
      }
      long average = Math.max(1, maxBytes / Math.max(1, kept.read()));
      int fewer = (int) Math.max(1, Math.min(lines / 2, maxBytes / 2 / average));
      kept = new LogTail(pod, grep, tail, room);
      var unused = cluster.log(query(pod, fewer, maxBytes * 2), kept::take);
      return new Read(pod, kept, fewer, Optional.empty());
    } catch (ClusterException e) {
      return new Read(pod, kept, 0, Optional.of(e));
    }
  }

  private LogQuery query(String pod, int lines, long maxBytes) {
    return new LogQuery(namespace, pod, container, previous, since, lines, maxBytes);
  }
}
