package io.github.kubewicket.server.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.SharedReads.Question;
import io.github.kubewicket.server.catalogue.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(30)
class SharedReadsTest {
  private final SharedReads reads = new SharedReads();
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void oneReadThatBeginsLaterAnswersAllWhoAskDuringAnother() throws Exception {
    CompletableFuture<String> first = asks("http:a", this::slow);
    await(begun);
    List<Asking> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(asking("http:a"));
    }

    mayEnd.countDown();

    assertThat(first.get()).isEqualTo("read 1");
    for (Asking other : others) {
      assertThat(other.heard().get()).isEqualTo("read 2");
    }
    assertThat(made).hasValue(2);
  }

  @Test
  void answersNoTwoCallersAlike() throws Exception {
    CompletableFuture<String> first = asks("http:a", this::slow);
    await(begun);

    String other = asks("http:b", this::quick).get();
    mayEnd.countDown();

    assertThat(other).isEqualTo("read 2");
    assertThat(first.get()).isEqualTo("read 1");
  }

  @Test
  void whoStopsWaitingStopsNobodyElse() throws Exception {
    CompletableFuture<String> first = asks("http:a", this::slow);
    await(begun);
    Asking leader = asking("http:a");
    Asking follower = asking("http:a");

    leader.thread().interrupt();
    assertThatThrownBy(() -> leader.heard().get())
        .hasRootCauseInstanceOf(InterruptedException.class);
    mayEnd.countDown();

    assertThat(follower.heard().get()).startsWith("read ");
    assertThat(first.get()).isEqualTo("read 1");
  }

  @Test
  void readsAnewForWhoAsksAfterwards() throws Exception {
    String first = asks("http:a", this::quick).get();

    String second = asks("http:a", this::quick).get();

    assertThat(List.of(first, second)).containsExactly("read 1", "read 2");
  }

  private record Asking(Thread thread, CompletableFuture<String> heard) {}

  /// Asks on a thread, and waits until that one waits.
  private Asking asking(String caller) throws InterruptedException {
    CompletableFuture<String> heard = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> ask(caller, this::quick, heard));
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    return new Asking(thread, heard);
  }

  private CompletableFuture<String> asks(String caller, Reading reading) {
    CompletableFuture<String> heard = new CompletableFuture<>();
    Thread unused = Thread.ofPlatform().start(() -> ask(caller, reading, heard));
    return heard;
  }

  private void ask(String caller, Reading reading, CompletableFuture<String> heard) {
    Question question =
        new Question(new Caller(caller), "", "get", JsonNodeFactory.instance.objectNode());
    try {
      heard.complete(reads.answer(question, reading::read).text());
    } catch (InterruptedException | RuntimeException e) {
      heard.completeExceptionally(e);
    }
  }

  private interface Reading {
    Reply read();
  }

  private Reply quick() {
    return new Reply(
        "read " + made.incrementAndGet(), JsonNodeFactory.instance.objectNode(), false);
  }

  private Reply slow() {
    Reply reply = quick();
    begun.countDown();
    await(mayEnd);
    return reply;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
