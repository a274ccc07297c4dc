package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// What a caller may see of the cluster. Everything that comes out is redacted: no Secret values,
/// no credentials, no `managedFields`, no last-applied annotation. Texts that workloads wrote are
/// data, never instructions.
///
/// Every method throws [ClusterException] when the cluster does not answer as hoped, within ten
/// seconds, and ends at once when the calling thread is interrupted.
public interface ClusterView {
  /// The kind with this name: plural, singular, kind or short name as kubectl knows it, optionally
  /// with its group (`deployments.apps`), any case.
  ///
  /// @throws ClusterException `UNKNOWN_KIND`, with what was probably meant
  KindInfo kind(String name);

  /// All kinds that the cluster serves.
  List<KindInfo> kinds();

  /// The API groups that did not answer when the kinds were asked for, as `group/version`.
  List<String> brokenGroups();

  /// One object, redacted.
  ///
  /// @param namespace present exactly where the kind is namespaced
  /// @throws ClusterException `NOT_FOUND`, `FORBIDDEN` and the rest
  ObjectNode get(KindInfo kind, Optional<String> namespace, String name);

  /// All objects of a kind, redacted, read page by page.
  ///
  /// @param namespace empty for all namespaces, and for kinds without one
  /// @param labelSelector as kubectl's `-l`; empty for all
  /// @param most how many there may be; a part of a list never passes for the whole
  /// @throws ClusterException `CLUSTER_ERROR` where there are more than `most`
  List<ObjectNode> list(KindInfo kind, Optional<String> namespace, String labelSelector, int most);

  /// The `scale` subresource of an object (`autoscaling/v1` Scale): `spec.replicas` and
  /// `status.replicas`, whatever the kind itself calls them.
  ObjectNode scale(KindInfo kind, Optional<String> namespace, String name);

  /// A list as the API server prints it, row by row.
  void table(ListQuery query, Table.Reader reader);

  /// The controlling owners of an object that [#get] returned, the nearest first.
  List<Owner> owners(ObjectNode object);

  /// The events of one object as far as they are known at once.
  ///
  /// @param namespace the object's; empty for one without
  RecentEvents recentEvents(KindInfo kind, Optional<String> namespace, String name);

  /// All events, in no order, until `take` answers false.
  ///
  /// @param namespace empty for all
  /// @param fieldSelector as kubectl's; empty for all
  void events(Optional<String> namespace, String fieldSelector, Predicate<Event> take);

  /// The lines of a log, oldest first, until `take` answers false.
  ///
  /// @return whether the log was longer than the query's `maxBytes`, so that newer lines were not
  ///   read
  boolean log(LogQuery query, Predicate<LogLine> take);

  /// Follows one object until it is closed, without showing it: `changed` is called after each
  /// change of it, its end and its return included, and where one may have been missed. It asks the
  /// cluster on a thread of its own, with pauses after failures, and never gives up by itself.
  ///
  /// @param changed called on that thread; it should hand on and return
  /// @throws ClusterException `FORBIDDEN` where this view follows nothing, `BAD_ARGS` for a name
  ///   that none can have
  default Watch watch(KindInfo kind, Optional<String> namespace, String name, Runnable changed) {
    throw new ClusterException(
        Reason.FORBIDDEN, "Objects cannot be followed here.", "Read the object again instead.");
  }

  /// What a kind is made of.
  ///
  /// @param path names of fields; empty for the kind itself
  /// @throws ClusterException `BAD_ARGS` for a field that is not there
  KindSchema schema(KindInfo kind, List<String> path);
}
