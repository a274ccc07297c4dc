package io.github.kubewicket.server.completion;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lists of names that somebody who types asks for again at every letter: each caller's own, kept
/// for half a minute. Who waits does not wait long; what comes later is there at the next letter.
final class Suggestions {
  private static final Duration KEPT = Duration.ofSeconds(30);

  /// Names in all lists together; some tens of bytes each.
  private static final int MOST_NAMES = 200_000;

  private static final int MOST_AT_ONCE = 16;

  private final Cache<Question, List<String>> known;
  private final ConcurrentMap<Question, FutureTask<List<String>>> asked = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final Duration patience;

  /// What is asked for, such as `names`, `pods`, `shop`, and by whom: lists never cross callers.
  record Question(Caller caller, List<String> words) {
    /// Copies the list.
    Question {
      words = List.copyOf(words);
    }
  }

  /// @param patience how long an answer may take
  Suggestions(Duration patience, Ticker ticker) {
    this.patience = patience;
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(MOST_NAMES)
            .weigher((Question question, List<String> names) -> names.size() + 10)
            .expireAfterWrite(KEPT)
            .ticker(ticker)
            .build();
  }

  /// The list, empty where it is not there in time, or cannot be had.
  ///
  /// @param read asks for it; may throw
  List<String> of(Question question, Supplier<List<String>> read) {
    List<String> before = known.getIfPresent(question);
    if (before != null) {
      return before;
    }
    FutureTask<List<String>> task = task(question, read);
    if (task == null) {
      return List.of();
    }
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /// The one that is being answered, or a new one; null where too many are.
  private @Nullable FutureTask<List<String>> task(Question question, Supplier<List<String>> read) {
    FutureTask<List<String>> fresh =
        new FutureTask<>(() -> {
          List<String> names = List.copyOf(read.get());
          known.put(question, names);
          return names;
        });
    // One that is done but not yet taken away answered an older question.
    FutureTask<List<String>> running =
        asked.merge(question, fresh, (before, now) -> before.isDone() ? now : before);
    if (!running.equals(fresh)) {
      return running;
    }
    if (!free.tryAcquire()) {
      asked.remove(question, fresh);
      return null;
    }
    Thread.ofVirtual()
        .name("suggestions")
        .start(() -> {
          try {
            fresh.run();
          } finally {
            asked.remove(question, fresh);
            free.release();
          }
        });
    return fresh;
  }
}
