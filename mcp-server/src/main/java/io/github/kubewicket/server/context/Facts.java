package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.server.cluster.ClusterException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Finds out several things at once, each on its own: what fails, or is not there when the time is
/// up, is unknown and harms no other. Virtual threads; closing it interrupts what still runs.
final class Facts implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration patience;
  private final long end;

  /// @param patience for all of them together, from now
  Facts(Duration patience) {
    this.patience = patience;
    this.end = System.nanoTime() + patience.toNanos();
  }

  /// Something that is being found out.
  ///
  /// @param what its name, for people
  record Asked<T>(String what, Future<T> answer) {}

  /// Begins to find out.
  <T> Asked<T> ask(String what, Callable<T> question) {
    return new Asked<>(what, threads.submit(question));
  }

  /// Waits for the answer.
  ///
  /// @throws ClusterException `CANCELLED` where the calling thread is interrupted
  <T> Known<T> known(Asked<T> asked) {
    try {
      return Known.of(
          asked.answer().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Known.unknown(
          asked.what() + ": no answer within " + patience.toMillis() + " milliseconds");
    } catch (ExecutionException e) {
      return Known.unknown(why(asked.what(), e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
  }

  private static String why(String what, @Nullable Throwable failure) {
    return switch (failure) {
      case Unseen unseen -> unseen.why();
      case ClusterException refused -> Unseen.of(what, refused).why();
      // Whatever a workload wrote into its object: what cannot be understood is not known.
      case null, default -> what + ": the cluster's answer could not be understood";
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
