package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Follows one object: looks at it, then watches it from there, again and again. Only its UID and
/// its version are kept. A watch that ends, breaks off or is too old is followed by another look,
/// which finds what was missed. Where looking is allowed and watching is not, the looks remain.
///
/// Steps as in
/// <https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>.
final class ObjectWatch implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectWatch.class);
  private static final Duration LASTS = Duration.ofMinutes(4);
  private static final Duration SHORT = Duration.ofSeconds(5);

  private final Api api;
  private final String list;
  private final String selector;
  private final Runnable changed;
  private final Pauses pauses;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable State known;
  private volatile @Nullable InputStream open;

  /// How long it waits before it looks again.
  ///
  /// @param first after a watch that came to its end, and after the first failure; doubled after
  ///   each further one
  /// @param longest the most
  record Pauses(Duration first, Duration longest) {}

  /// What was seen of the object.
  ///
  /// @param object its UID and version; empty where it is not there
  private record State(String object) {}

  /// @param list the address of the list that the object is in
  /// @param name the object's name
  ObjectWatch(Api api, String list, String name, Runnable changed, Pauses pauses) {
    this.api = api;
    this.list = list;
    this.selector = "metadata.name=" + name;
    this.changed = changed;
    this.pauses = pauses;
  }

  /// Begins on a thread of its own.
  void start() {
    Thread.ofVirtual().name("watch-" + list).start(this::follow);
  }

  @Override
  public void close() {
    over.countDown();
    closeBody();
  }

  private boolean closed() {
    return over.getCount() == 0;
  }

  private void closeBody() {
    InputStream body = open;
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        // It ends either way.
      }
    }
  }

  private void follow() {
    Duration pause = pauses.first();
    do {
      long began = System.nanoTime();
      try {
        watch(look());
        // A server that ends each watch at once is not to be asked again and again.
        pause = System.nanoTime() - began > SHORT.toNanos() ? pauses.first() : longer(pause);
      } catch (ClusterException | JacksonException | IOException e) {
        pause = longer(pause);
      } catch (RuntimeException e) {
        LOG.error("watch failed", e);
        pause = pauses.longest();
      }
    } while (!waited(pause));
  }

  /// Waits, unless it is closed.
  ///
  /// @return whether it is closed
  private boolean waited(Duration pause) {
    try {
      return over.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(pauses.longest()) > 0 ? pauses.longest() : twice;
  }

  /// Looks how it is now.
  ///
  /// @return the version of the list, from which a watch goes on
  private String look() {
    StringBuilder seen = new StringBuilder();
    Items.End end =
        Items.each(
            api,
            ApiRequest.get(ApiPaths.query(list, "fieldSelector", selector)),
            item -> {
              seen.append(identity(item));
              return true;
            });
    if (!end.list()) {
      throw new ClusterException(Reason.CLUSTER_ERROR, "The answer is not a list.", "Look again.");
    }
    note(new State(seen.toString()));
    return end.resourceVersion();
  }

  private void watch(String version) throws IOException {
    String path =
        ApiPaths.query(
            list,
            "watch",
            "true",
            "fieldSelector",
            selector,
            "resourceVersion",
            version,
            "timeoutSeconds",
            String.valueOf(LASTS.toSeconds()));
    ApiRequest request =
        new ApiRequest(
            "GET", path, ApiRequest.JSON, Optional.empty(), new byte[0], LASTS.plusSeconds(20));
    try (InputStream body = api.open(request);
        JsonParser parser = JsonStream.MAPPER.createParser(body)) {
      open = body;
      while (!closed() && parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode change = JsonStream.MAPPER.readTree(parser);
        switch (change.path("type").asString("")) {
          case "ADDED", "MODIFIED" -> note(new State(identity(change.path("object"))));
          case "DELETED" -> note(new State(""));
          case "BOOKMARK" -> {}
          default -> {
            return;
          }
        }
      }
    } finally {
      open = null;
    }
  }

  private static String identity(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.path("uid").asString("") + "/" + metadata.path("resourceVersion").asString("");
  }

  private void note(State now) {
    State before = known;
    known = now;
    if (before != null && !before.equals(now) && !closed()) {
      changed.run();
    }
  }
}
