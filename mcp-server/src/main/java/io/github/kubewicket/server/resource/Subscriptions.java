package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Views;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.KindInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Who wants to know when a resource changes.
final class Subscriptions {
  /// Rights may end while a subscription lasts; so often they are looked at again.
  private static final Duration TRUSTED = Duration.ofSeconds(30);

  private static final int MOST_IDS = 100;

  private final Calls calls;
  private final Views views;
  private final Changes changes;
  private final InstantSource clock;
  private final Terms terms;
  private final Seats seats;
  private final ObjectWatches watches;
  private final LedgerPoll poll;

  /// How much there may be, and how often.
  ///
  /// @param ofOne subscriptions of one caller
  /// @param ofAll subscriptions in all
  /// @param watches objects that are followed
  /// @param apart how long there is silence after a subscriber was told
  record Terms(int ofOne, int ofAll, int watches, Duration apart) {
    /// Those of a server.
    static final Terms USUAL = new Terms(10, 500, 50, Duration.ofSeconds(1));
  }

  Subscriptions(
      Calls calls,
      Views views,
      Changes changes,
      LedgerPoll poll,
      InstantSource clock,
      Terms terms) {
    this.calls = calls;
    this.views = views;
    this.changes = changes;
    this.clock = clock;
    this.terms = terms;
    this.seats = new Seats(terms.ofOne(), terms.ofAll());
    this.watches = new ObjectWatches(terms.watches());
    this.poll = poll;
  }

  /// Follows an object.
  ///
  /// @param cluster the name of its cluster; empty where there is only one
  Optional<AutoCloseable> object(
      Caller caller, String cluster, Address.OfObject object, Runnable changed) {
    Asked asked = new Asked(calls, caller, cluster);
    if (probe(asked, object).error()) {
      return Optional.empty();
    }
    AtomicReference<Instant> checked = new AtomicReference<>(clock.instant());
    return seated(
        caller,
        changed,
        () -> stillThere(asked, object, checked),
        notice ->
            views.look(
                caller,
                cluster,
                "get_resource",
                view -> {
                  KindInfo kind = view.kind(object.kind());
                  return kind.namespaced() == object.namespace().isPresent()
                      ? watches.join(view, kind, object.namespace(), object.name(), notice)
                      : Optional.empty();
                }));
  }

  /// Follows one change.
  Optional<AutoCloseable> change(Caller caller, String id, Runnable changed) {
    Optional<Story> story = changes.story(caller, id);
    if (story.isEmpty()) {
      return Optional.empty();
    }
    Set<String> ids = new HashSet<>();
    story.get().entries().forEach(entry -> ids.addAll(Story.ids(entry)));
    return seated(
        caller,
        changed,
        () -> stillReached(caller, id),
        notice -> Optional.of(poll.join(appended -> noteOwn(appended, ids, notice))));
  }

  /// Follows the list of changes.
  Optional<AutoCloseable> changes(Caller caller, Runnable changed) {
    Set<String> waiting = new HashSet<>();
    return seated(
        caller,
        changed,
        () -> anyOf(caller, waiting) ? Notice.Due.TELL : Notice.Due.SKIP,
        notice -> Optional.of(poll.join(appended -> noteAll(appended, waiting, notice))));
  }

  /// How many there are.
  int open() {
    return seats.taken();
  }

  /// How many objects are followed.
  int watched() {
    return watches.open();
  }

  /// Joins what is followed, where there is a seat for the caller.
  private Optional<AutoCloseable> seated(
      Caller caller,
      Runnable changed,
      Notice.Check check,
      Function<Notice, Optional<Runnable>> join) {
    if (!seats.take(caller)) {
      return Optional.empty();
    }
    AtomicReference<Runnable> leave = new AtomicReference<>(() -> {});
    Notice notice =
        new Notice(
            changed,
            check,
            () -> {
              leave.get().run();
              seats.leave(caller);
            },
            terms.apart());
    boolean joined = false;
    try {
      Optional<Runnable> left = join.apply(notice);
      left.ifPresent(leave::set);
      joined = left.isPresent();
    } finally {
      if (!joined) {
        notice.close();
      }
    }
    if (!joined) {
      return Optional.empty();
    }
    notice.start();
    return Optional.of(notice);
  }

  private static Reply probe(Asked asked, Address.OfObject object) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("kind", object.kind());
    arguments.put("name", object.name());
    arguments.put("path", "metadata.name");
    object.namespace().ifPresent(namespace -> arguments.put("namespace", namespace));
    return asked.tool("get_resource", arguments);
  }

  private Notice.Due stillThere(
      Asked asked, Address.OfObject object, AtomicReference<Instant> checked) {
    Instant now = clock.instant();
    Duration since = Duration.between(checked.get(), now);
    if (!since.isNegative() && since.compareTo(TRUSTED) < 0) {
      return Notice.Due.TELL;
    }
    Reply reply = probe(asked, object);
    Reason no = reply.error() ? Asked.denial(reply).code() : Reason.NOT_FOUND;
    if (no == Reason.NOT_FOUND) {
      checked.set(now);
      return Notice.Due.TELL;
    }
    return no.retryable() ? Notice.Due.LATER : Notice.Due.END;
  }

  private Notice.Due stillReached(Caller caller, String id) {
    try {
      return changes.story(caller, id).isPresent() ? Notice.Due.TELL : Notice.Due.LATER;
    } catch (LedgerException e) {
      return Notice.Due.LATER;
    }
  }

  private static void noteOwn(List<Set<String>> appended, Set<String> ids, Notice notice) {
    for (Set<String> entry : appended) {
      if (entry.stream().anyMatch(ids::contains)) {
        ids.addAll(entry);
        notice.mark();
      }
    }
  }

  private static void noteAll(List<Set<String>> appended, Set<String> waiting, Notice notice) {
    synchronized (waiting) {
      for (Set<String> entry : appended) {
        if (waiting.size() < MOST_IDS) {
          waiting.add(entry.iterator().next());
        }
      }
    }
    notice.mark();
  }

  private boolean anyOf(Caller caller, Set<String> waiting) {
    List<String> ids;
    synchronized (waiting) {
      ids = List.copyOf(waiting);
      waiting.clear();
    }
    return ids.stream().anyMatch(id -> changes.story(caller, id).isPresent());
  }
}
