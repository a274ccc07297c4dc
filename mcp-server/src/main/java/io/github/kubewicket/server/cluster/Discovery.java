package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The kinds that the cluster serves: asked once, kept for ten minutes, asked again when a name is
/// not found, at most every five seconds.
final class Discovery {
  private static final String KEY = "kinds";
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(9);

  private final DiscoveryDocuments documents;
  private final Ticker ticker;
  private final Cache<String, Kinds> cache;
  private final AtomicReference<@Nullable CompletableFuture<Kinds>> asking =
      new AtomicReference<>();
  private volatile long askedAt;

  Discovery(DiscoveryDocuments documents, Ticker ticker) {
    this.documents = documents;
    this.ticker = ticker;
    this.cache = Caffeine.newBuilder().maximumSize(1).expireAfterWrite(KEPT).ticker(ticker).build();
  }

  /// The kind of this name.
  ///
  /// @throws ClusterException `UNKNOWN_KIND`, with what was probably meant
  KindInfo kind(String name) {
    Kinds kinds = kinds();
    Optional<KindInfo> found = kinds.find(name);
    if (found.isEmpty() && ticker.read() - askedAt > ASK_EVERY.toNanos()) {
      cache.invalidate(KEY);
      kinds = kinds();
      found = kinds.find(name);
    }
    Kinds known = kinds;
    return found.orElseThrow(() -> unknown(name, known));
  }

  /// All kinds, in kubectl's order of precedence.
  List<KindInfo> all() {
    return kinds().all();
  }

  /// The groups that did not answer when the kinds were asked for.
  List<String> broken() {
    return kinds().broken();
  }

  /// Asks for everybody who waits: a cluster that does not answer costs each of them one timeout,
  /// not one after the other's.
  private Kinds kinds() {
    while (true) {
      Kinds known = cache.getIfPresent(KEY);
      if (known != null) {
        return known;
      }
      CompletableFuture<Kinds> mine = new CompletableFuture<>();
      CompletableFuture<Kinds> asked = asking.compareAndExchange(null, mine);
      if (asked == null) {
        return ask(mine);
      }
      Optional<Kinds> answer = await(asked);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private Kinds ask(CompletableFuture<Kinds> answer) {
    Kinds kinds;
    try {
      kinds = documents.read();
      askedAt = ticker.read();
      cache.put(KEY, kinds);
    } catch (RuntimeException e) {
      // Out of the way first, so that whoever asks anew after this answer does so.
      asking.set(null);
      answer.completeExceptionally(e);
      throw e;
    }
    asking.set(null);
    answer.complete(kinds);
    return kinds;
  }

  /// What another call learns.
  ///
  /// @return empty where that call was cancelled, which says nothing about the cluster
  private static Optional<Kinds> await(CompletableFuture<Kinds> asked) {
    try {
      return Optional.of(asked.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    } catch (TimeoutException e) {
      throw Failures.tooSlow("the kubeconfig's context");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ClusterException failure)) {
        throw new IllegalStateException(e.getCause());
      }
      if (failure.denial().code() == Reason.CANCELLED) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static ClusterException unknown(String name, Kinds kinds) {
    String shown = Untrusted.line(name, 80);
    List<String> near = kinds.near(name);
    String meant =
        near.isEmpty()
            ? "Call describe_kind without a kind to see what the cluster serves."
            : "Probably meant: " + String.join(", ", near) + ".";
    String broken =
        kinds.broken().isEmpty()
            ? ""
            : " These API groups do not answer now: " + String.join(", ", kinds.broken()) + ".";
    return new ClusterException(
        Reason.UNKNOWN_KIND, "The cluster serves no kind named \"" + shown + "\"." + broken, meant);
  }
}
