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
  private static final int MEASURED_LINES = 40;
  private static final int FEW_LINES = 200;
  private static final long MAX_BYTES = 6L << 20;

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
    int wanted = grep.isPresent() ? SEARCHED_LINES : tail;
    LogTail kept = new LogTail(pod, grep, tail, room);
    try {
      int lines = wanted > FEW_LINES ? Math.min(wanted, fitting(pod, maxBytes)) : wanted;
      boolean cut = cluster.log(query(pod, lines, maxBytes), kept::take);
      if (cut) {
        // The newest lines are the shortest: what was read are the oldest of them.
        lines = Math.max(1, Math.min(lines, kept.read()) / 4);
        kept = new LogTail(pod, grep, tail, room);
        cut = cluster.log(query(pod, lines, maxBytes), kept::take);
      }
      boolean more = cut || (lines < wanted && kept.read() >= lines);
      return new Read(pod, kept, more ? kept.read() : 0, Optional.empty());
    } catch (ClusterException e) {
      return new Read(pod, kept, 0, Optional.of(e));
    }
  }

  /// How many lines like the newest ones fit, with a third to spare.
  private int fitting(String pod, long maxBytes) {
    long[] measured = {0, 0};
    boolean cut =
        cluster.log(
            query(pod, MEASURED_LINES, maxBytes),
            line -> {
              measured[0]++;
              measured[1] += line.text().length() + line.hidden() + 40L;
              return true;
            });
    if (measured[0] < MEASURED_LINES && !cut) {
      return MEASURED_LINES;
    }
    long average = Math.max(1, measured[1] / Math.max(1, measured[0]));
    return Math.clamp(maxBytes * 2 / 3 / average, 1, SEARCHED_LINES);
  }

  private LogQuery query(String pod, int lines, long maxBytes) {
    return new LogQuery(namespace, pod, container, previous, since, lines, maxBytes);
  }
}
