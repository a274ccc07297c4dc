package io.github.kubewicket.server.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A value that somebody may begin to make when it is first waited for: work that `initialize` does
/// not need must not compete with it for the processor.
///
/// @param <T> the value's type
final class Awaited<T> extends CompletableFuture<T> {
  private final CountDownLatch wanted = new CountDownLatch(1);

  @Override
  public T get() throws InterruptedException, ExecutionException {
    wanted.countDown();
    return super.get();
  }

  /// Waits until somebody waits for the value, at most so long.
  void awaitWanted(long millis) throws InterruptedException {
    boolean unused = wanted.await(millis, TimeUnit.MILLISECONDS);
  }
}
