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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Objects, reports and changes under `kubewicket://`, made of what the caller's tools show, and of
/// the ledger as far as the caller may see what it speaks of.
public final class OfferedResources implements Resources {
  /// The variables of each template.
  public static final Map<String, List<String>> VARIABLES =
      Map.of(
          Address.OBJECTS, List.of("namespace", "kind", "name"),
          Address.REPORTS, List.of("namespace"),
          Address.CHANGE, List.of("id"));

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
  /// @param cluster the UID of the cluster that the calls go to; throws [ClusterException] where it
  ///   cannot be told
  /// @param clock for reports
  public OfferedResources(
      Calls calls,
      Views views,
      Supplier<Optional<Ledger>> ledger,
      Supplier<String> cluster,
      InstantSource clock) {
    this(calls, views, ledger, cluster, clock, Subscriptions.Terms.USUAL, POLL);
  }

  /// With other terms of subscriptions.
  OfferedResources(
      Calls calls,
      Views views,
      Supplier<Optional<Ledger>> ledger,
      Supplier<String> cluster,
      InstantSource clock,
      Subscriptions.Terms terms,
      Duration poll) {
    this.calls = calls;
    this.views = views;
    this.changes = new Changes(ledger, new Reach(calls, cluster, Ticker.systemTicker()));
    this.reports = new Reports(changes, clock);
    this.subscriptions =
        new Subscriptions(calls, views, changes, new LedgerPoll(ledger, poll), clock, terms);
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
    List<ResourceTemplate> templates = new ArrayList<>();
    if (views.has(caller, "get_resource")) {
      templates.add(
          new ResourceTemplate(
              Address.OBJECTS,
              "object",
              "Kubernetes object",
              "One object as get_resource shows it; namespace - for kinds without one. Can be subscribed to.",
              Objects.TYPE));
    }
    if (views.has(caller, "list_resources")) {
      templates.add(
          new ResourceTemplate(
              Address.REPORTS,
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
      return switch (Address.of(uri)) {
        case Address.Read.Bad(String message) -> new ResourceAnswer.Missing(message);
        case Address.Read.Good(Address address) -> read(caller, address, uri);
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

  private ResourceAnswer read(Caller caller, Address address, String uri) {
    int budget = views.answerBytes();
    Asked asked = new Asked(calls, caller);
    return switch (address) {
      case Address.OfObject object -> Objects.read(object, uri, asked, budget);
      case Address.OfReport(String namespace) -> reports.read(namespace, uri, asked, budget);
      case Address.OfChanges() -> changes.list(caller, uri, budget);
      case Address.OfChange(String id) -> changes.read(caller, id, uri, budget);
    };
  }

  @Override
  public Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed) {
    try {
      return switch (Address.of(uri)) {
        case Address.Read.Good(Address.OfObject object) ->
            subscriptions.object(caller, object, changed);
        case Address.Read.Good(Address.OfChange(String id)) ->
            subscriptions.change(caller, id, changed);
        case Address.Read.Good(Address.OfChanges()) -> subscriptions.changes(caller, changed);
        case Address.Read.Good(Address.OfReport _), Address.Read.Bad _ -> Optional.empty();
      };
    } catch (ClusterException | LedgerException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.error("a resource could not be subscribed to", e);
      return Optional.empty();
    }
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
