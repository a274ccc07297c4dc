package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Change;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.store.Watcher;
import io.github.kubewicket.demo.write.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A watch: one JSON object per line, until its time is over, the client goes, or it is too slow.
public final class Watch {
  private static final Duration MAX = Duration.ofMinutes(30);
  private static final Duration BOOKMARK = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(500);

  private final Store store;
  private final Target target;
  private final Selection selection;
  private final Representation representation;
  private final Map<String, String> query;
  private boolean first = true;

  /// A watch of what the target and the selection name.
  public Watch(
      Store store,
      Target target,
      Selection selection,
      Representation representation,
      Map<String, String> query) {
    this.store = store;
    this.target = target;
    this.selection = selection;
    this.representation = representation;
    this.query = query;
  }

  private record Begin(List<ObjectNode> objects, long revision, Optional<Watcher> watcher) {}

  /// Writes until the watch is over.
  public void run(OutputStream out) throws IOException, InterruptedException {
    Begin begin = store.locked(this::begin);
    if (begin.watcher().isEmpty()) {
      String asked = query.getOrDefault("resourceVersion", "");
      Status status =
          begin.revision() < 0
              ? Status.expired("too old resource version: " + asked + " (" + store.revision() + ")")
              : Status.tooManyRequests("too many watches");
      write(out, "ERROR", status.json());
      return;
    }
    try (Watcher watcher = begin.watcher().get()) {
      for (ObjectNode object : begin.objects()) {
        write(out, "ADDED", shown(object));
      }
      if (query.getOrDefault("sendInitialEvents", "").equals("true")) {
        bookmark(out, begin.revision(), true);
      }
      follow(out, watcher, begin.revision());
    }
  }

  private Begin begin() {
    String asked = query.getOrDefault("resourceVersion", "");
    boolean fresh =
        asked.isEmpty()
            || asked.equals("0")
            || query.getOrDefault("sendInitialEvents", "").equals("true");
    long since =
        fresh ? store.revision() : asked.matches("[0-9]{1,18}") ? Long.parseLong(asked) : -1;
    if (!store.remembers(since)) {
      return new Begin(List.of(), -1, Optional.empty());
    }
    List<ObjectNode> objects = fresh ? new Listing(store).all(target, selection) : List.of();
    return new Begin(
        objects, since, store.watch(target.kind().storedAs(), target.namespace(), since));
  }

  private void follow(OutputStream out, Watcher watcher, long revision)
      throws IOException, InterruptedException {
    long seen = revision;
    long end = System.nanoTime() + timeout().toNanos();
    long nextBookmark = System.nanoTime() + BOOKMARK.toNanos();
    boolean bookmarks = query.getOrDefault("allowWatchBookmarks", "").equals("true");
    while (System.nanoTime() < end && !watcher.over()) {
      long left = Math.max(1, end - System.nanoTime());
      Change change = watcher.next(left < TICK.toNanos() ? Duration.ofNanos(left) : TICK);
      if (change != null) {
        seen = change.revision();
        tell(out, change);
      } else if (bookmarks && System.nanoTime() > nextBookmark) {
        bookmark(out, seen, false);
        nextBookmark = System.nanoTime() + BOOKMARK.toNanos();
      }
    }
    if (bookmarks) {
      bookmark(out, seen, false);
    }
  }

  private void tell(OutputStream out, Change change) throws IOException {
    ObjectNode before = mine(change.key(), change.before());
    ObjectNode after = mine(change.key(), change.after());
    if (after != null) {
      write(out, before == null ? "ADDED" : "MODIFIED", shown(after));
    } else if (before != null) {
      ObjectNode last = before.deepCopy();
      Json.child(last, "metadata").put("resourceVersion", Long.toString(change.revision()));
      write(out, "DELETED", shown(last));
    }
  }

  private @Nullable ObjectNode mine(Key key, @Nullable ObjectNode object) {
    boolean named = target.name().isEmpty() || target.name().equals(key.name());
    return object != null && named && selection.matches(object) ? object : null;
  }

  private ObjectNode shown(ObjectNode object) {
    ObjectNode shown = representation.watched(object, first);
    first = false;
    return shown;
  }

  private void bookmark(OutputStream out, long revision, boolean initial) throws IOException {
    ObjectNode mark = Json.object();
    mark.put("kind", target.kind().name()).put("apiVersion", target.kind().apiVersion());
    Json.child(mark, "metadata").put("resourceVersion", Long.toString(revision));
    if (initial) {
      Json.child(mark, "metadata", "annotations").put("k8s.io/initial-events-end", "true");
    }
    write(out, "BOOKMARK", mark);
  }

  private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
    ObjectNode event = Json.object();
    event.put("type", type).set("object", object);
    out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private Duration timeout() {
    String text = query.getOrDefault("timeoutSeconds", "");
    return text.matches("[1-9][0-9]{0,3}") ? Duration.ofSeconds(Long.parseLong(text)) : MAX;
  }
}
