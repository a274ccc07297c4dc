package io.github.kubewicket.server.resource;

import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.Watch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects that are followed: one watch for each, however many want to know. Views are never
/// mixed: what one may watch says nothing about another.
final class ObjectWatches {
  private final int most;
  private final Map<Key, Shared> byKey = new HashMap<>();

  private record Key(
      ClusterView view, String group, String plural, Optional<String> namespace, String name) {}

  /// Those who want to know, and their watch.
  private static final class Shared {
    private final Set<Notice> notices = new HashSet<>();
    private final Watch watch;

    Shared(Watch watch) {
      this.watch = watch;
    }
  }

  /// @param most how many watches there may be
  ObjectWatches(int most) {
    this.most = most;
  }

  /// Has the notice marked at each change of the object, until the result is run.
  ///
  /// @return empty where there are as many watches as there may be
  /// @throws io.github.kubewicket.server.cluster.ClusterException where the view cannot follow it
  synchronized Optional<Runnable> join(
      ClusterView view, KindInfo kind, Optional<String> namespace, String name, Notice notice) {
    Key key = new Key(view, kind.group(), kind.plural(), namespace, name);
    Shared shared = byKey.get(key);
    if (shared == null) {
      if (byKey.size() >= most) {
        return Optional.empty();
      }
      shared = new Shared(view.watch(kind, namespace, name, () -> tell(key)));
      byKey.put(key, shared);
    }
    shared.notices.add(notice);
    return Optional.of(() -> leave(key, notice));
  }

  /// How many watches there are.
  synchronized int open() {
    return byKey.size();
  }

  private void tell(Key key) {
    told(key).forEach(Notice::mark);
  }

  private synchronized List<Notice> told(Key key) {
    Shared shared = byKey.get(key);
    return shared == null ? List.of() : List.copyOf(shared.notices);
  }

  private synchronized void leave(Key key, Notice notice) {
    Shared shared = byKey.get(key);
    if (shared != null && shared.notices.remove(notice) && shared.notices.isEmpty()) {
      byKey.remove(key);
      shared.watch.close();
    }
  }
}
