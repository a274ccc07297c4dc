package io.github.kubewicket.server.resource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Questions that are asked all at once, so that the slowest alone is waited for, and not for long.
final class AtOnce {
  private AtOnce() {}

  /// Asks all of them; what is not answered in time is interrupted and left out.
  ///
  /// @return the answers in the order of the questions
  static <K, V> Map<K, V> answers(Map<K, Callable<V>> questions, Duration patience) {
    Map<K, V> answers = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<V>> asked =
          threads.invokeAll(questions.values(), patience.toMillis(), TimeUnit.MILLISECONDS);
      int at = 0;
      for (K question : questions.keySet()) {
        Future<V> answer = asked.get(at++);
        if (answer.state() == Future.State.SUCCESS) {
          answers.put(question, answer.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | CancellationException e) {
      // A tool call ends in a reply, whatever happens; what does not is left out.
    }
    return answers;
  }
}
