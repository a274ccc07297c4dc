package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;

/// The feeds of the namespaces that somebody looked at lately: at most four, each for two minutes
/// after the last look.
final class EventFeeds {
  private static final Duration FIRST_LIST = Duration.ofMillis(1_500);

  private final Api api;
  private final Cache<String, EventFeed> feeds;

  EventFeeds(Api api, Ticker ticker) {
    this.api = api;
    this.feeds =
        Caffeine.newBuilder()
            .maximumSize(4)
            .expireAfterAccess(Duration.ofMinutes(2))
            .ticker(ticker)
            .executor(Runnable::run)
            .<String, EventFeed>removalListener((namespace, feed, cause) -> {
              if (feed != null) {
                feed.stop();
              }
            })
            .build();
  }

  /// The recent events of one object.
  ///
  /// @param events the kind `events` of the core group
  /// @throws ClusterException when they cannot be read
  RecentEvents of(KindInfo events, String namespace, String kind, String name) {
    EventFeed feed =
        feeds
            .asMap()
            .compute(
                namespace,
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
}
