package io.github.kubewicket.server.resource;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Views;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.offer.Resource;
import io.github.kubewicket.server.offer.ResourceAnswer;
import io.github.kubewicket.server.offer.ResourceTemplate;
import io.github.kubewicket.server.offer.Resources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Objects, reports and changes under `kubewicket://`, made of what the caller's tools show, and of
/// the ledger as far as the caller may see what it speaks of.
public final class OfferedResources implements Resources {
  private static final Logger LOG = LoggerFactory.getLogger(OfferedResources.class);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Calls calls;
  private final Views views;
  private final Changes changes;
  private final Reports reports;
  private final Subscriptions subscriptions;

  /// Wires them; asks nothing yet.
  ///
  /// @param ledger empty as long as nothing was ever recorded
  /// @param uids the UID of the cluster with this name, which is empty where there is only one;
  ///   throws [ClusterException] where it cannot be told
  /// @param clock for reports
  public OfferedResources(
      Calls calls,
      Views views,
      Supplier<Optional<Ledger>> ledger,
      UnaryOperator<String> uids,
      InstantSource clock) {
    this(calls, views, ledger, uids, clock, Subscriptions.Terms.USUAL, POLL);
  }

  /// With other terms of subscriptions.
  OfferedResources(
      Calls calls,
      Views views,
      Supplier<Optional<Ledger>> ledger,
      UnaryOperator<String> uids,
      InstantSource clock,
      Subscriptions.Terms terms,
      Duration poll) {
    this.calls = calls;
    this.views = views;
    this.changes = new Changes(ledger, new Reach(calls, views, uids, Ticker.systemTicker()));
    this.reports = new Reports(changes, clock);
    this.subscriptions =
        new Subscriptions(calls, views, changes, new LedgerPoll(ledger, poll), clock, terms);
  }

  /// The variables of each template.
  ///
  /// @param several whether there are several clusters
  public static Map<String, List<String>> variables(boolean several) {
    return Located.variables(several);
  }

  @Override
  public List<Resource> list(Caller caller) {
    return List.of(
        new Resource(
            Address.CHANGES,
            "changes",
            "Recent changes",
            "Changes and requests made through Kubewicket that you may see, newest first.",
            Changes.TYPE));
  }

  @Override
  public List<ResourceTemplate> templates(Caller caller) {
    boolean several = views.several();
    List<ResourceTemplate> templates = new ArrayList<>();
    if (has(caller, "get_resource")) {
      templates.add(
          new ResourceTemplate(
              several ? Located.OBJECTS : Address.OBJECTS,
              "object",
              "Kubernetes object",
              "One object as get_resource shows it; namespace - for kinds without one. Can be subscribed to.",
              Objects.TYPE));
    }
    if (has(caller, "list_resources")) {
      templates.add(
          new ResourceTemplate(
              several ? Located.REPORTS : Address.REPORTS,
              "report",
              "Report on a namespace",
              "What is unhealthy, warned of, changed lately and planned in a namespace.",
              Reports.TYPE));
    }
    templates.add(
        new ResourceTemplate(
            Address.CHANGE,
            "change",
            "Change or request",
            "What was asked for, decided, done and verified, by changeId or requestId. Can be subscribed to.",
            Changes.TYPE));
    return List.copyOf(templates);
  }

  @Override
  public ResourceAnswer read(Caller caller, String uri) {
    try {
      return switch (located(caller, uri)) {
        case Located.Read.Bad(String message) -> new ResourceAnswer.Missing(message);
        case Located.Read.Good(Located located) -> read(caller, located, uri);
      };
    } catch (ClusterException e) {
      return new ResourceAnswer.Refused(e.denial());
    } catch (LedgerException e) {
      return new ResourceAnswer.Refused(
          Denial.of(
              Reason.AUDIT_UNAVAILABLE,
              "The ledger cannot be read: " + e.getMessage(),
              "Ask an operator to run `kubewicket doctor`."));
    } catch (RuntimeException e) {
      LOG.error("a resource could not be read", e);
      return new ResourceAnswer.Refused(
          Denial.of(
              Reason.INTERNAL,
              "Something in Kubewicket failed, so nothing is shown.",
              "Tell an operator; the server's log has the details."));
    }
  }

  private ResourceAnswer read(Caller caller, Located located, String uri) {
    int budget = views.answerBytes();
    Asked asked = new Asked(calls, caller, located.cluster());
    return switch (located.address()) {
      case Address.OfObject object -> Objects.read(object, uri, asked, budget);
      case Address.OfReport(String namespace) -> reports.read(namespace, uri, asked, budget);
      case Address.OfChanges() -> changes.list(caller, uri, budget);
      case Address.OfChange(String id) -> changes.read(caller, id, uri, budget);
    };
  }

  @Override
  public Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed) {
    try {
      return switch (located(caller, uri)) {
        case Located.Read.Good(Located located) -> subscribe(caller, located, changed);
        case Located.Read.Bad _ -> Optional.empty();
      };
    } catch (ClusterException | LedgerException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.error("a resource could not be subscribed to", e);
      return Optional.empty();
    }
  }

  private Optional<AutoCloseable> subscribe(Caller caller, Located located, Runnable changed) {
    return switch (located.address()) {
      case Address.OfObject object ->
          subscriptions.object(caller, located.cluster(), object, changed);
      case Address.OfChange(String id) -> subscriptions.change(caller, id, changed);
      case Address.OfChanges() -> subscriptions.changes(caller, changed);
      case Address.OfReport _ -> Optional.empty();
    };
  }

  /// A cluster that the caller may not use is none at all.
  private Located.Read located(Caller caller, String uri) {
    Located.Read read = Located.of(uri, views.several());
    return read instanceof Located.Read.Good(Located located)
            && !located.cluster().isEmpty()
            && !views.clusters(caller).contains(located.cluster())
        ? new Located.Read.Bad("There is no such cluster for this caller.")
        : read;
  }

  private boolean has(Caller caller, String tool) {
    return views.has(caller, tool) && (!views.several() || !views.clusters(caller).isEmpty());
  }

  /// The ids of the recent changes that the caller may be told of, newest first.
  public List<String> changeIds(Caller caller) {
    return changes.recent(caller, story -> true).stories().stream().map(Story::id).toList();
  }

  /// How many subscriptions there are.
  int subscribed() {
    return subscriptions.open();
  }

  /// How many objects are followed for them.
  int watched() {
    return subscriptions.watched();
  }
}
