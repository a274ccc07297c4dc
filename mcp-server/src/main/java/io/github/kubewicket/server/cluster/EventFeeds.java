package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The feeds of the namespaces that somebody looked at lately: at most twelve, each for two minutes
/// after the last look, and each for one account alone.
final class EventFeeds {
  private static final Duration FIRST_LIST = Duration.ofMillis(1_500);

  private static final int MOST = 12;

  /// What is followed, and for whom.
  private record Followed(Optional<Identity.Account> account, String namespace) {}

  private final Cache<Followed, EventFeed> feeds;

  EventFeeds(Ticker ticker) {
    this.feeds =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(2))
            .ticker(ticker)
            .executor(Runnable::run)
            .<Followed, EventFeed>removalListener((followed, feed, cause) -> {
              if (feed != null) {
                feed.stop();
              }
            })
            .build();
  }

  /// The recent events of one object.
  ///
  /// @param account whose eyes `api` sees with; empty for the server's own
  /// @param events the kind `events` of the core group
  /// @throws ClusterException when they cannot be read
  RecentEvents of(
      Api api,
      Optional<Identity.Account> account,
      KindInfo events,
      String namespace,
      String kind,
      String name) {
    EventFeed feed =
        feeds
            .asMap()
            .compute(
                new Followed(account, namespace),
                (key, known) -> {
                  if (known != null && !known.over()) {
                    return known;
                  }
                  EventFeed fresh = new EventFeed(api, events, namespace);
                  fresh.start();
                  return fresh;
                });
    if (!feed.await(FIRST_LIST)) {
      return new RecentEvents(
          List.of(), "The namespace's events are still being read; call list_events for them.");
    }
    return new RecentEvents(
        feed.of(kind, name),
        feed.dropped()
            ? "The namespace has more events than are kept; list_events sees all of them."
            : "");
  }

  /// Ends all of them.
  void stop() {
    feeds.invalidateAll();
  }
}
