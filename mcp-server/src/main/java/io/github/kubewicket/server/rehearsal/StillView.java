package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.Event;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.KindSchema;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.cluster.LogLine;
import io.github.kubewicket.server.cluster.LogQuery;
import io.github.kubewicket.server.cluster.Owner;
import io.github.kubewicket.server.cluster.RecentEvents;
import io.github.kubewicket.server.cluster.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// A view of a cluster in which nothing changes: what was read once is not asked for again, however
/// often a requirement is watched.
///
/// @param real where it is read for the first time
/// @param seen what was read, by question
record StillView(ClusterView real, Map<Object, Object> seen) implements ClusterView {
  StillView(ClusterView real) {
    this(real, new ConcurrentHashMap<>());
  }

  @Override
  public KindInfo kind(String name) {
    return real.kind(name);
  }

  @Override
  public List<KindInfo> kinds() {
    return real.kinds();
  }

  @Override
  public List<String> brokenGroups() {
    return real.brokenGroups();
  }

  @Override
  public ObjectNode get(KindInfo kind, Optional<String> namespace, String name) {
    return once(List.of("get", kind, namespace, name), () -> real.get(kind, namespace, name));
  }

  @Override
  public List<ObjectNode> list(
      KindInfo kind, Optional<String> namespace, String labelSelector, int most) {
    return once(
        List.of("list", kind, namespace, labelSelector, most),
        () -> real.list(kind, namespace, labelSelector, most));
  }

  @Override
  public ObjectNode scale(KindInfo kind, Optional<String> namespace, String name) {
    return once(List.of("scale", kind, namespace, name), () -> real.scale(kind, namespace, name));
  }

  @Override
  public void table(ListQuery query, Table.Reader reader) {
    real.table(query, reader);
  }

  @Override
  public List<Owner> owners(ObjectNode object) {
    return real.owners(object);
  }

  @Override
  public RecentEvents recentEvents(KindInfo kind, Optional<String> namespace, String name) {
    return real.recentEvents(kind, namespace, name);
  }

  @Override
  public void events(Optional<String> namespace, String fieldSelector, Predicate<Event> take) {
    real.events(namespace, fieldSelector, take);
  }

  @Override
  public boolean log(LogQuery query, Predicate<LogLine> take) {
    return real.log(query, take);
  }

  @Override
  public KindSchema schema(KindInfo kind, List<String> path) {
    return real.schema(kind, path);
  }

  /// The question says of which type the answer is.
  @SuppressWarnings("unchecked")
  private <T> T once(List<?> question, Supplier<T> answer) {
    return (T) seen.computeIfAbsent(question, _ -> answer.get());
  }
}
