package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The kinds that the cluster serves: asked once, kept for ten minutes, asked again when a name is
/// not found, at most every five seconds.
final class Discovery {
  private static final String KEY = "kinds";
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final DiscoveryDocuments documents;
  private final Ticker ticker;
  private final Cache<String, Kinds> cache;
  private final ReentrantLock asking = new ReentrantLock();
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

  /// A lock of our own, because waiting for a cache to load cannot be interrupted.
  private Kinds kinds() {
    Kinds known = cache.getIfPresent(KEY);
    if (known != null) {
      return known;
    }
    try {
      asking.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
    try {
      known = cache.getIfPresent(KEY);
      if (known == null) {
        known = documents.read();
        askedAt = ticker.read();
        cache.put(KEY, known);
      }
      return known;
    } finally {
      asking.unlock();
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
