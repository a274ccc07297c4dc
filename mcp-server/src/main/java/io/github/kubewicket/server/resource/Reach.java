package io.github.kubewicket.server.resource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Views;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Which changes a caller may be told of: its own, and those of objects that `get_resource` would
/// show it, in a cluster that it may use. What is not clear is not shown.
final class Reach {
  /// A yes holds for so long, a no as well; an answer that says neither is not kept.
  private static final Duration KEPT = Duration.ofSeconds(30);

  /// A cluster that does not answer is not asked again before.
  private static final Duration AWAY = Duration.ofSeconds(10);

  private final Calls calls;
  private final Views views;
  private final UnaryOperator<String> uids;
  private final Cache<Question, Boolean> known;
  private final Cache<String, Boolean> away;

  /// Whether this caller may see this object.
  private record Question(Caller caller, Story.Target target) {}

  /// @param uids the UID of the cluster with this name, which is empty where there is only one;
  ///   throws [ClusterException] where it cannot be told
  Reach(Calls calls, Views views, UnaryOperator<String> uids, Ticker ticker) {
    this.calls = calls;
    this.views = views;
    this.uids = uids;
    this.known =
        Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(KEPT).ticker(ticker).build();
    this.away =
        Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(AWAY).ticker(ticker).build();
  }

  /// Whether the caller may be told of this change.
  boolean holds(Caller caller, Story story) {
    return own(caller, story) || story.target().filter(it -> sees(caller, it)).isPresent();
  }

  /// The same, as far as it is known without asking a cluster; empty where it is not.
  Optional<Boolean> known(Caller caller, Story story) {
    if (own(caller, story)) {
      return Optional.of(true);
    }
    return story
        .target()
        .map(it -> Optional.ofNullable(known.getIfPresent(new Question(caller, it))))
        .orElse(Optional.of(false));
  }

  /// Whether it is something in this cluster; no where that cannot be told.
  ///
  /// @param cluster its name; empty where there is only one
  boolean within(String cluster, Story.Target target) {
    return here(cluster, target).orElse(false);
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
    boolean everywhere = true;
    for (String cluster : clusters(caller, target)) {
      Optional<Boolean> here = here(cluster, target);
      if (here.orElse(false)) {
        return sees(question, cluster);
      }
      everywhere &= here.isPresent();
    }
    if (everywhere) {
      known.put(question, false);
    }
    return false;
  }

  private boolean sees(Question question, String cluster) {
    Story.Target target = question.target();
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("kind", target.kind());
    arguments.put("name", target.name());
    arguments.put("path", "metadata.name");
    if (!target.namespace().isEmpty()) {
      arguments.put("namespace", target.namespace());
    }
    Reply reply = new Asked(calls, question.caller(), cluster).tool("get_resource", arguments);
    Reason no = reply.error() ? Asked.denial(reply).code() : Reason.INTERNAL;
    // Only who may look is told that there is nothing any more.
    boolean seen = !reply.error() || no == Reason.NOT_FOUND;
    if (seen || no == Reason.FORBIDDEN) {
      known.put(question, seen);
    }
    return seen;
  }

  /// Where it may be, as far as the caller may look: first where it was said to be, then the
  /// others, for clusters get other names.
  private List<String> clusters(Caller caller, Story.Target target) {
    if (!views.several()) {
      return List.of("");
    }
    List<String> names = new ArrayList<>(views.clusters(caller));
    if (names.remove(target.clusterName())) {
      names.addFirst(target.clusterName());
    }
    return names;
  }

  private Optional<Boolean> here(String cluster, Story.Target target) {
    if (away.getIfPresent(cluster) != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(uids.apply(cluster).equals(target.cluster()));
    } catch (ClusterException e) {
      away.put(cluster, true);
      return Optional.empty();
    }
  }
}
