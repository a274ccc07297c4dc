package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The same question, asked again while it is being answered: all who ask meanwhile get one answer
/// together, from a read that begins after they asked. So nobody sees a state from before the
/// question, and the API server is asked once at a time, however many agents of a caller poll.
final class SharedReads {
  /// What is asked; answers never cross callers.
  ///
  /// @param caller who asks
  /// @param policy the digest of what decides how much of it this caller may see; empty for none
  /// @param arguments as they were called with
  record Question(Caller caller, String policy, String tool, JsonNode arguments) {}

  /// One read for all who asked before it began.
  private static final class Round {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable CountDownLatch before;
    private boolean begun;
    private volatile @Nullable Reply reply;

    Round(@Nullable Round before) {
      // Only its end: a round that kept the one before would keep them all.
      this.before = before == null ? null : before.ended;
    }
  }

  private final Map<Question, Round> latest = new HashMap<>();

  /// The answer to a question.
  ///
  /// @param read finds it out, on the thread of one of those who ask; a read that throws or was
  ///   interrupted is that one's only, and the others ask anew
  /// @throws InterruptedException when the calling thread is interrupted while it waits
  Reply answer(Question question, Supplier<Reply> read) throws InterruptedException {
    while (true) {
      Round last;
      Round mine;
      synchronized (latest) {
        last = latest.get(question);
        mine = last == null || last.begun ? new Round(last) : last;
        latest.put(question, mine);
      }
      if (!mine.equals(last)) {
        return lead(question, mine, read);
      }
      mine.ended.await();
      Reply reply = mine.reply;
      if (reply != null) {
        return reply;
      }
    }
  }

  private Reply lead(Question question, Round mine, Supplier<Reply> read)
      throws InterruptedException {
    try {
      if (mine.before != null) {
        mine.before.await();
      }
      synchronized (latest) {
        mine.begun = true;
      }
      Reply reply = read.get();
      // Who stops waiting stops nobody else.
      if (!Thread.currentThread().isInterrupted() && !isCancelled(reply)) {
        mine.reply = reply;
      }
      return reply;
    } finally {
      synchronized (latest) {
        mine.begun = true;
        latest.remove(question, mine);
      }
      mine.ended.countDown();
    }
  }

  private static boolean isCancelled(Reply reply) {
    return reply.structured().path("code").asString("").equals(Reason.CANCELLED.name());
  }
}
