package io.github.kubewicket.demo.store;

import io.github.kubewicket.demo.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// All objects, under one lock and one counter of revisions. A stored object is never changed:
/// whoever wants another one copies it first and puts the copy.
public final class Store {
  /// The most objects there may be.
  public static final int MAX_OBJECTS = 20_000;

  /// The most watches there may be.
  public static final int MAX_WATCHERS = 200;

  private static final int HISTORY = 4_096;

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Key, ObjectNode> objects = new TreeMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final Set<Watcher> watchers = new HashSet<>();
  private long revision = 1_000;
  private long oldest = 1_000;

  /// Does several things as one.
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// The object, not to be changed.
  public Optional<ObjectNode> get(Key key) {
    return locked(() -> Optional.ofNullable(objects.get(key)));
  }

  /// The objects of a resource, in the order of their keys, not to be changed.
  ///
  /// @param namespace empty for all namespaces
  public List<ObjectNode> list(String resource, String namespace) {
    Key from = new Key(resource, namespace, "");
    Key to =
        namespace.isEmpty()
            ? new Key(resource + "\0", "", "")
            : new Key(resource, namespace + "\0", "");
    return locked(() -> List.copyOf(objects.subMap(from, to).values()));
  }

  /// The keys of everything in a namespace.
  public List<Key> keysIn(String namespace) {
    return locked(
        () -> objects.keySet().stream().filter(key -> key.namespace().equals(namespace)).toList());
  }

  /// True when no further object fits.
  public boolean full() {
    return locked(() -> objects.size() >= MAX_OBJECTS);
  }

  /// Stores the object under a new revision, which is set in it; it must not be changed afterwards.
  public ObjectNode put(Key key, ObjectNode object) {
    return locked(() -> {
      stamp(object);
      record(new Change(revision, key, objects.put(key, object), object));
      return object;
    });
  }

  /// Removes the object, if it is there.
  public void remove(Key key) {
    locked(() -> {
      ObjectNode before = objects.remove(key);
      if (before != null) {
        ObjectNode last = before.deepCopy();
        stamp(last);
        record(new Change(revision, key, last, null));
      }
      return true;
    });
  }

  /// The revision of the newest write.
  public long revision() {
    return locked(() -> revision);
  }

  /// Whether the changes since that revision are all still known.
  public boolean remembers(long since) {
    return locked(() -> since >= oldest && since <= revision);
  }

  /// Watches a resource from now on, after the remembered changes since a revision.
  ///
  /// @param since a revision that is still remembered
  /// @return empty when there are too many watches
  public Optional<Watcher> watch(String resource, String namespace, long since) {
    return locked(() -> {
      if (watchers.size() >= MAX_WATCHERS) {
        return Optional.empty();
      }
      Watcher watcher = new Watcher(this, resource, namespace);
      history.stream().filter(change -> change.revision() > since).forEach(watcher::offer);
      watchers.add(watcher);
      return Optional.of(watcher);
    });
  }

  /// Ends all watches.
  public void close() {
    locked(() -> {
      watchers.forEach(Watcher::end);
      return true;
    });
  }

  void forget(Watcher watcher) {
    locked(() -> watchers.remove(watcher));
  }

  private void stamp(ObjectNode object) {
    revision++;
    Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
  }

  private void record(Change change) {
    history.addLast(change);
    if (history.size() > HISTORY) {
      oldest = history.removeFirst().revision();
    }
    watchers.forEach(watcher -> watcher.offer(change));
  }
}
