package io.github.kubewicket.server.context;

import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.cluster.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of the cluster for one target: each list and object once, however many facts need
/// it, and at most eight at a time. Every method throws [Unseen] where there is no answer; a kind
/// that the cluster does not serve has no objects.
final class Inquiry {
  private static final int AT_ONCE = 8;
  private static final int MOST_IN_A_NAMESPACE = 2_000;
  private static final int MOST_EVERYWHERE = 5_000;

  private final ClusterView view;
  private final String namespace;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Map<String, FutureTask<Object>> asked = new ConcurrentHashMap<>();

  /// @param namespace the target's; empty where it has none
  Inquiry(ClusterView view, String namespace) {
    this.view = view;
    this.namespace = namespace;
  }

  /// The target's namespace.
  String namespace() {
    if (namespace.isEmpty()) {
      throw new Unseen("the target is in no namespace");
    }
    return namespace;
  }

  /// All objects of a kind in the target's namespace.
  ///
  /// @param resource plural and group, such as `jobs.batch`; the plural alone in the core group
  List<ObjectNode> list(String resource) {
    return list(resource, Optional.of(namespace()), "");
  }

  /// Those that this label selector takes.
  List<ObjectNode> list(String resource, String labelSelector) {
    return list(resource, Optional.of(namespace()), labelSelector);
  }

  /// All objects of a kind in all namespaces.
  List<ObjectNode> everywhere(String resource) {
    return list(resource, Optional.empty(), "");
  }

  private List<ObjectNode> list(String resource, Optional<String> where, String labelSelector) {
    Optional<KindInfo> kind = served(resource);
    if (kind.isEmpty()) {
      return List.of();
    }
    int most = where.isPresent() ? MOST_IN_A_NAMESPACE : MOST_EVERYWHERE;
    return this.<List<ObjectNode>>once(
        "list " + resource + " " + where.orElse("") + " " + labelSelector,
        resource,
        () -> view.list(kind.get(), where, labelSelector, most));
  }

  /// One object.
  ObjectNode get(KindInfo kind, Optional<String> where, String name) {
    String resource = kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group());
    return this.<ObjectNode>once(
        "get " + resource + " " + where.orElse("") + " " + name,
        resource + " " + name,
        () -> view.get(kind, where, name));
  }

  /// An object's scale subresource.
  ObjectNode scale(KindInfo kind, String name) {
    return this.<ObjectNode>once(
        "scale " + kind.plural() + "." + kind.group() + " " + name,
        kind.plural() + "/scale " + name,
        () -> view.scale(kind, Optional.of(namespace()), name));
  }

  /// The names of the objects that a selector takes, read without their contents.
  List<String> names(String resource, String labelSelector) {
    Optional<KindInfo> kind = served(resource);
    if (kind.isEmpty()) {
      return List.of();
    }
    return this.<List<String>>once(
        "names " + resource + " " + labelSelector,
        resource,
        () -> {
          List<String> names = new ArrayList<>();
          view.table(
              new ListQuery(kind.get(), Optional.of(namespace()), labelSelector, ""),
              new Table.Reader() {
                @Override
                public BitSet columns(List<Table.Column> columns) {
                  return new BitSet();
                }

                @Override
                public void row(Table.Row row) {
                  names.add(row.name());
                }
              });
          return List.copyOf(names);
        });
  }

  /// The kind of this plural and group, where the cluster serves it.
  Optional<KindInfo> served(String resource) {
    int dot = resource.indexOf('.');
    String plural = dot < 0 ? resource : resource.substring(0, dot);
    String group = dot < 0 ? "" : resource.substring(dot + 1);
    Optional<KindInfo> found =
        kinds().stream()
            .filter(kind -> kind.plural().equals(plural) && kind.group().equals(group))
            .findFirst();
    if (found.isEmpty() && broken(group)) {
      throw new Unseen(resource + ": the API group does not answer");
    }
    return found;
  }

  /// The kind that an object names.
  ///
  /// @param apiVersion such as `apps/v1`
  KindInfo named(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return kinds().stream()
        .filter(info -> info.kind().equals(kind) && info.group().equals(group))
        .findFirst()
        .orElseThrow(() -> new Unseen(kind + ": the cluster does not serve " + apiVersion));
  }

  private List<KindInfo> kinds() {
    return this.<List<KindInfo>>once("kinds", "the cluster's kinds", view::kinds);
  }

  private boolean broken(String group) {
    return this.<List<String>>once("broken", "the cluster's kinds", view::brokenGroups).stream()
        .anyMatch(version -> version.startsWith(group + "/"));
  }

  /// The answer to a question that may have been asked before.
  ///
  /// The key says what is asked for, and so of which type the answer is.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T once(String key, String what, Supplier<? extends T> question) {
    FutureTask<Object> mine = new FutureTask<>(() -> within(question));
    FutureTask<Object> first = asked.putIfAbsent(key, mine);
    if (first == null) {
      mine.run();
      first = mine;
    }
    try {
      return (T) first.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClusterException failure) {
        throw Unseen.of(what, failure);
      }
      throw new Unseen(what + ": the cluster's answer could not be understood");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unseen(what + ": cancelled");
    }
  }

  private Object within(Supplier<?> question) throws InterruptedException {
    slots.acquire();
    try {
      return question.get();
    } finally {
      slots.release();
    }
  }
}
