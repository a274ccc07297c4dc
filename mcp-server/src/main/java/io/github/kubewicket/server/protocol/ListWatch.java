package io.github.kubewicket.server.protocol;

import io.github.kubewicket.server.catalogue.Tool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/// Notices that the list of tools is another one, by looking again: `tools.yaml` is a mounted file,
/// and files in ConfigMaps change without telling.
public final class ListWatch {
  private final ScheduledExecutorService timer;
  private final Duration every;

  /// Looks this often, on that timer, as long as anybody watches.
  public ListWatch(ScheduledExecutorService timer, Duration every) {
    this.timer = timer;
    this.every = every;
  }

  /// Watches a list.
  ///
  /// @param changed runs after each change, on the timer's thread
  /// @return what ends it
  AutoCloseable begin(Supplier<List<Tool>> list, Runnable changed) {
    AtomicReference<List<String>> last = new AtomicReference<>(names(list));
    ScheduledFuture<?> task =
        timer.scheduleWithFixedDelay(
            () -> look(list, last, changed),
            every.toMillis(),
            every.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> task.cancel(false);
  }

  private static void look(
      Supplier<List<Tool>> list, AtomicReference<List<String>> last, Runnable changed) {
    try {
      List<String> now = names(list);
      if (!now.equals(last.getAndSet(now))) {
        changed.run();
      }
    } catch (RuntimeException e) {
      // One look fails; the timer must not drop the watch for that.
      LoggerFactory.getLogger(ListWatch.class)
          .warn("The list of tools could not be looked at: {}", e.getClass().getName());
    }
  }

  private static List<String> names(Supplier<List<Tool>> list) {
    return list.get().stream().map(Tool::name).toList();
  }
}
