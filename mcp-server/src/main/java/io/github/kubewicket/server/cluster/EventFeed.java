package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The events of one namespace, listed once and then followed by a watch.
///
/// Events are not in the API server's own cache: a list for one object makes it read and decode all
/// events of the namespace, 5,000 of them in some hundred milliseconds, at every look. A watch
/// costs nothing while nothing happens.
final class EventFeed {
  static final int KEPT = 6_000;
  private static final Duration WATCH = Duration.ofMinutes(4);
  private static final Duration GOOD_FOR = Duration.ofSeconds(5);

  private final Api api;
  private final KindInfo events;
  private final String namespace;
  private final CompletableFuture<Boolean> listed = new CompletableFuture<>();
  private final Map<String, Event> byUid = new LinkedHashMap<>();
  private boolean dropped;
  private volatile boolean over;
  private volatile long listedAt;
  private volatile @Nullable InputStream open;

  EventFeed(Api api, KindInfo events, String namespace) {
    this.api = api;
    this.events = events;
    this.namespace = namespace;
    this.listedAt = System.nanoTime() - GOOD_FOR.toNanos();
  }

  /// Begins on a thread of its own.
  void start() {
    Thread.ofVirtual().name("events-" + namespace).start(this::follow);
  }

  /// Ends the watch.
  void stop() {
    over = true;
    InputStream body = open;
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        // It ends either way.
      }
    }
  }

  /// Whether it no longer follows what happens, so that a new feed is needed. Where watching is not
  /// possible, the list is good for some seconds.
  boolean over() {
    return over && System.nanoTime() - listedAt > GOOD_FOR.toNanos();
  }

  /// Waits for the first list.
  ///
  /// @return false when there is none yet
  /// @throws ClusterException when the list failed
  boolean await(Duration patience) {
    try {
      return listed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      over = true;
      throw e.getCause() instanceof ClusterException known
          ? known
          : Failures.of(e, "the kubeconfig's context");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
  }

  /// The events of one object, newest first.
  List<Event> of(String kind, String name) {
    List<Event> found = new ArrayList<>();
    synchronized (byUid) {
      for (Event event : byUid.values()) {
        if (event.name().equals(name) && event.kind().equals(kind)) {
          found.add(event);
        }
      }
    }
    found.sort(Comparator.comparing(Event::last).reversed());
    return found;
  }

  /// Whether the namespace has more events than are kept.
  boolean dropped() {
    synchronized (byUid) {
      return dropped;
    }
  }

  private void follow() {
    try {
      String version = list();
      listedAt = System.nanoTime();
      listed.complete(true);
      // The watch is not resumed: whoever asks after its end gets a new feed.
      watch(version);
    } catch (ClusterException e) {
      listed.completeExceptionally(e);
    } catch (JacksonException | IOException e) {
      listed.completeExceptionally(Failures.of(e, "the kubeconfig's context"));
    } finally {
      over = true;
    }
  }

  private String list() {
    String path = ApiPaths.list(events, Optional.of(namespace));
    return Items.each(
            api,
            ApiRequest.get(path),
            item -> {
              keep(EventParser.parse(item));
              return !over;
            })
        .resourceVersion();
  }

  private void watch(String version) throws IOException {
    String path =
        ApiPaths.query(
            ApiPaths.list(events, Optional.of(namespace)),
            "watch",
            "true",
            "resourceVersion",
            version,
            "timeoutSeconds",
            String.valueOf(WATCH.toSeconds()));
    ApiRequest request =
        new ApiRequest(
            "GET", path, ApiRequest.JSON, Optional.empty(), new byte[0], WATCH.plusSeconds(20));
    try (InputStream body = api.open(request);
        JsonParser parser = JsonStream.MAPPER.createParser(body)) {
      open = body;
      while (!over && parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode change = JsonStream.MAPPER.readTree(parser);
        Event event = EventParser.parse(change.path("object"));
        switch (change.path("type").asString("")) {
          case "ADDED", "MODIFIED" -> keep(event);
          case "DELETED" -> forget(event);
          default -> {
            return;
          }
        }
      }
    }
  }

  private void keep(Event event) {
    synchronized (byUid) {
      byUid.remove(event.uid());
      byUid.put(event.uid(), event);
      if (byUid.size() > KEPT) {
        byUid.remove(byUid.keySet().iterator().next());
        dropped = true;
      }
    }
  }

  private void forget(Event event) {
    synchronized (byUid) {
      byUid.remove(event.uid());
    }
  }
}
