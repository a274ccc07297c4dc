package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.Owner;
import io.github.kubewicket.server.cluster.RecentEvents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.node.ObjectNode;

/// What is read beside an object: its events while the object itself is read, its owners after it.
/// A failure of these is told and stops nothing.
final class Extras implements AutoCloseable {
  private final ClusterView cluster;
  private final FutureTask<RecentEvents> events;
  private final Thread thread;

  /// Begins to read the events.
  Extras(ClusterView cluster, KindInfo kind, Optional<String> namespace, String name) {
    this.cluster = cluster;
    this.events = new FutureTask<>(() -> cluster.recentEvents(kind, namespace, name));
    this.thread = Thread.startVirtualThread(events);
  }

  /// Owners of an object, or why they are not known.
  record Owned(List<Owner> owners, String omitted) {}

  /// The object's owners.
  Owned owners(ObjectNode object) {
    try {
      return new Owned(cluster.owners(object), "");
    } catch (ClusterException e) {
      return new Owned(List.of(), omitted(e));
    }
  }

  /// The object's events.
  RecentEvents events() {
    try {
      return events.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClusterException known) {
        return new RecentEvents(List.of(), omitted(known));
      }
      throw new IllegalStateException("reading events failed", e.getCause());
    } catch (CancellationException e) {
      return new RecentEvents(List.of(), "Cancelled.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  private static String omitted(ClusterException e) {
    if (e.denial().code() == Reason.CANCELLED) {
      throw e;
    }
    return e.denial().message();
  }

  private static ClusterException cancelled() {
    return new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
  }

  @Override
  public void close() {
    if (!events.isDone()) {
      thread.interrupt();
    }
  }
}
