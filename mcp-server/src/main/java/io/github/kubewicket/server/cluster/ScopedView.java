package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Denial;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// A view of some namespaces. What lies in another one, in all of them together or in none is
/// refused before the cluster is asked; the allowed namespaces themselves may be seen, and what
/// kinds there are.
public final class ScopedView implements ClusterView {
  private final ClusterView whole;
  private final Predicate<String> allowed;
  private final Function<String, Denial> refusal;

  /// Narrows a view.
  ///
  /// @param allowed whether a namespace may be looked into
  /// @param refusal what is said of another one, or of `""`: none of them, or all
  public ScopedView(
      ClusterView whole, Predicate<String> allowed, Function<String, Denial> refusal) {
    this.whole = whole;
    this.allowed = allowed;
    this.refusal = refusal;
  }

  @Override
  public KindInfo kind(String name) {
    return whole.kind(name);
  }

  @Override
  public List<KindInfo> kinds() {
    return whole.kinds();
  }

  @Override
  public List<String> brokenGroups() {
    return whole.brokenGroups();
  }

  @Override
  public KindSchema schema(KindInfo kind, List<String> path) {
    return whole.schema(kind, path);
  }

  @Override
  public ObjectNode get(KindInfo kind, Optional<String> namespace, String name) {
    checkObject(kind, namespace, name);
    return whole.get(kind, namespace, name);
  }

  @Override
  public ObjectNode scale(KindInfo kind, Optional<String> namespace, String name) {
    checkObject(kind, namespace, name);
    return whole.scale(kind, namespace, name);
  }

  @Override
  public RecentEvents recentEvents(KindInfo kind, Optional<String> namespace, String name) {
    checkObject(kind, namespace, name);
    return whole.recentEvents(kind, namespace, name);
  }

  @Override
  public List<ObjectNode> list(
      KindInfo kind, Optional<String> namespace, String labelSelector, int most) {
    if (isNamespaces(kind)) {
      return whole.list(kind, namespace, labelSelector, most).stream()
          .filter(it -> allowed.test(it.path("metadata").path("name").asString("")))
          .toList();
    }
    checkList(kind, namespace);
    return whole.list(kind, namespace, labelSelector, most);
  }

  @Override
  public void table(ListQuery query, Table.Reader reader) {
    if (isNamespaces(query.kind())) {
      whole.table(query, new OwnRows(reader));
    } else {
      checkList(query.kind(), query.namespace());
      whole.table(query, reader);
    }
  }

  /// What lies in no namespace is still named, since the object itself names it, but nothing is
  /// told of it: not whether it is there, nor who owns it.
  @Override
  public List<Owner> owners(ObjectNode object) {
    checkNamespace(object.path("metadata").path("namespace").asString(""));
    List<Owner> owners = new ArrayList<>();
    for (Owner owner : whole.owners(object)) {
      if (!isInNamespaces(owner.kind())) {
        owners.add(new Owner(owner.kind(), owner.name(), false));
        break;
      }
      owners.add(owner);
    }
    return owners;
  }

  @Override
  public void events(Optional<String> namespace, String fieldSelector, Predicate<Event> take) {
    checkNamespace(namespace.orElse(""));
    whole.events(namespace, fieldSelector, take);
  }

  @Override
  public boolean log(LogQuery query, Predicate<LogLine> take) {
    checkNamespace(query.namespace());
    return whole.log(query, take);
  }

  @Override
  public Watch watch(KindInfo kind, Optional<String> namespace, String name, Runnable changed) {
    checkObject(kind, namespace, name);
    return whole.watch(kind, namespace, name, changed);
  }

  private void checkObject(KindInfo kind, Optional<String> namespace, String name) {
    if (isNamespaces(kind)) {
      checkNamespace(name);
    } else {
      checkList(kind, namespace);
    }
  }

  private void checkList(KindInfo kind, Optional<String> namespace) {
    checkNamespace(kind.namespaced() ? namespace.orElse("") : "");
  }

  private void checkNamespace(String namespace) {
    // An address that leaves the namespace could begin with an allowed one.
    boolean fits = !namespace.isEmpty() && allowed.test(Names.checked("a namespace", namespace));
    if (!fits) {
      throw new ClusterException(refusal.apply(namespace));
    }
  }

  private boolean isInNamespaces(String kind) {
    try {
      return whole.kind(kind).namespaced();
    } catch (ClusterException e) {
      return false;
    }
  }

  private static boolean isNamespaces(KindInfo kind) {
    return kind.group().isEmpty() && kind.plural().equals("namespaces");
  }

  /// Lets the rows of allowed namespaces through.
  private final class OwnRows implements Table.Reader {
    private final Table.Reader reader;

    OwnRows(Table.Reader reader) {
      this.reader = reader;
    }

    @Override
    public BitSet columns(List<Table.Column> columns) {
      return reader.columns(columns);
    }

    @Override
    public void row(Table.Row row) {
      if (allowed.test(row.name())) {
        reader.row(row);
      }
    }
  }
}
