package io.github.kubewicket.server.resource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Which changes a caller may be told of: its own, and those of objects that `get_resource` would
/// show it, in this cluster. What is not clear is not shown.
final class Reach {
  /// A yes holds for so long, a no as well; an answer that says neither is not kept.
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final Calls calls;
  private final Supplier<String> cluster;
  private final Cache<Question, Boolean> known;

  /// Whether this caller may see this object.
  private record Question(Caller caller, Story.Target target) {}

  /// @param cluster this cluster's UID; throws [ClusterException] where it cannot be told
  Reach(Calls calls, Supplier<String> cluster, Ticker ticker) {
    this.calls = calls;
    this.cluster = cluster;
    this.known =
        Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(KEPT).ticker(ticker).build();
  }

  /// Whether the caller may be told of this change.
  boolean holds(Caller caller, Story story) {
    return own(caller, story) || story.target().filter(it -> sees(caller, it)).isPresent();
  }

  /// The same, as far as it is known without asking the cluster.
  boolean holdsAtOnce(Caller caller, Story story) {
    return own(caller, story)
        || story
            .target()
            .filter(it -> Boolean.TRUE.equals(known.getIfPresent(new Question(caller, it))))
            .isPresent();
  }

  private static boolean own(Caller caller, Story story) {
    return story.caller().equals(caller.name());
  }

  private boolean sees(Caller caller, Story.Target target) {
    Question question = new Question(caller, target);
    Boolean before = known.getIfPresent(question);
    if (before != null) {
      return before;
    }
    if (!here(target)) {
      return false;
    }
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("kind", target.kind());
    arguments.put("name", target.name());
    arguments.put("path", "metadata.name");
    if (!target.namespace().isEmpty()) {
      arguments.put("namespace", target.namespace());
    }
    Reply reply = new Asked(calls, caller).tool("get_resource", arguments);
    Reason no = reply.error() ? Asked.denial(reply).code() : Reason.INTERNAL;
    // Only who may look is told that there is nothing any more.
    boolean seen = !reply.error() || no == Reason.NOT_FOUND;
    if (seen || no == Reason.FORBIDDEN) {
      known.put(question, seen);
    }
    return seen;
  }

  private boolean here(Story.Target target) {
    try {
      return cluster.get().equals(target.cluster());
    } catch (ClusterException e) {
      return false;
    }
  }
}
