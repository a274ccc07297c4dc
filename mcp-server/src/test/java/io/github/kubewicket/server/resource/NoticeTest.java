package io.github.kubewicket.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static final Duration APART = Duration.ofMillis(250);

  private final List<Long> told = new CopyOnWriteArrayList<>();
  private final Semaphore arrived = new Semaphore(0);
  private final AtomicInteger left = new AtomicInteger();

  @Test
  void tellsAtOnceThenOncePerInterval() throws InterruptedException {
    try (Notice notice = notice(() -> Notice.Due.TELL)) {
      for (int i = 0; i < 60; i++) {
        notice.mark();
        Thread.sleep(10);
      }
      awaitTold(3);

      assertThat(told).hasSizeBetween(3, 5);
      for (int i = 1; i < told.size(); i++) {
        assertThat(told.get(i) - told.get(i - 1)).isGreaterThanOrEqualTo(APART.toNanos());
      }
    }
  }

  @Test
  void tellsOfTheLastChangeToo() throws InterruptedException {
    try (Notice notice = notice(() -> Notice.Due.TELL)) {
      notice.mark();
      awaitTold(1);

      notice.mark();
      notice.mark();

      awaitTold(1);
      assertThat(arrived.tryAcquire(600, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void isSilentAfterItsClose() throws InterruptedException {
    Notice notice = notice(() -> Notice.Due.TELL);
    notice.mark();
    awaitTold(1);
    notice.mark();

    notice.close();
    notice.close();
    notice.mark();

    assertThat(arrived.tryAcquire(600, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(left).hasValue(1);
  }

  @Test
  void asksAgainWhereItCannotBeSaid() throws InterruptedException {
    AtomicReference<Notice.Due> due = new AtomicReference<>(Notice.Due.LATER);
    try (Notice notice = notice(due::get)) {
      notice.mark();
      boolean early = arrived.tryAcquire(100, TimeUnit.MILLISECONDS);
      due.set(Notice.Due.TELL);

      awaitTold(1);
      assertThat(early).isFalse();
    }
  }

  @Test
  void endsWhereTheSubscriberMayNotKnowAnyMore() throws InterruptedException {
    Notice notice = notice(() -> Notice.Due.END);

    notice.mark();

    for (int i = 0; i < 100 && left.get() == 0; i++) {
      Thread.sleep(20);
    }
    assertThat(left).hasValue(1);
    assertThat(told).isEmpty();
  }

  @Test
  void outlivesASubscriberThatFails() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (Notice notice =
        new Notice(
            () -> {
              second.countDown();
              throw new IllegalStateException("of the test");
            },
            () -> Notice.Due.TELL,
            left::incrementAndGet,
            Duration.ofMillis(10))) {
      notice.start();
      notice.mark();
      Thread.sleep(100);
      notice.mark();

      assertThat(second.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Notice notice(Notice.Check check) {
    Notice notice =
        new Notice(
            () -> {
              told.add(System.nanoTime());
              arrived.release();
            },
            check,
            left::incrementAndGet,
            APART);
    notice.start();
    return notice;
  }

  private void awaitTold(int times) throws InterruptedException {
    assertThat(arrived.tryAcquire(times, 10, TimeUnit.SECONDS)).as("told").isTrue();
  }
}
