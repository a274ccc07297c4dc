package io.github.kubewicket.server.completion;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.call.Views;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.cluster.ListQuery;
import io.github.kubewicket.server.completion.Suggestions.Question;
import io.github.kubewicket.server.offer.Completion;
import io.github.kubewicket.server.offer.Completions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Suggests namespaces, kinds, names, workloads and changes, as far as the caller's
/// `list_resources` would show them.
public final class ClusterCompletions implements Completions {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCompletions.class);
  private static final String TOOL = "list_resources";
  private static final Duration PATIENCE = Duration.ofMillis(1_800);
  private static final int LONGEST = 300;

  /// Answers that will not be others in half a minute.
  private static final Set<Reason> NOTHING_THERE =
      Set.of(Reason.UNKNOWN_KIND, Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.BAD_ARGS);

  private static final String NO_NAMESPACE = "-";
  private static final List<String> WORKLOADS = List.of("deployment", "statefulset", "daemonset");
  private static final List<String> SPANS = List.of("15m", "30m", "1h", "4h", "12h", "1d", "2d");

  private final Views views;
  private final Function<Caller, List<String>> changes;
  private final Supplier<Map<String, List<String>>> arguments;
  private final Suggestions suggestions;

  /// @param changes the ids of the changes that a caller may be told of, newest first
  /// @param arguments what can be asked about now: the arguments of each prompt, by its name, and
  ///   the variables of each template
  public ClusterCompletions(
      Views views,
      Function<Caller, List<String>> changes,
      Supplier<Map<String, List<String>>> arguments) {
    this(views, changes, arguments, PATIENCE, Ticker.systemTicker());
  }

  /// With another patience, and another clock for what is kept.
  ClusterCompletions(
      Views views,
      Function<Caller, List<String>> changes,
      Supplier<Map<String, List<String>>> arguments,
      Duration patience,
      Ticker ticker) {
    this.views = views;
    this.changes = changes;
    this.arguments = arguments;
    this.suggestions = new Suggestions(patience, ticker);
  }

  @Override
  public Completion complete(
      Caller caller, String reference, String argument, String typed, Map<String, String> known) {
    if (typed.length() > LONGEST
        || !arguments.get().getOrDefault(reference, List.of()).contains(argument)) {
      return Completion.NONE;
    }
    try {
      String begin = typed.toLowerCase(Locale.ROOT);
      return Completion.of(
          all(caller, reference, argument, begin, known).stream()
              .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(begin))
              .toList());
    } catch (RuntimeException e) {
      LOG.error("nothing could be suggested", e);
      return Completion.NONE;
    }
  }

  private List<String> all(
      Caller caller, String reference, String argument, String typed, Map<String, String> known) {
    return switch (argument) {
      case "cluster" ->
          views.several() ? views.clusters(caller).stream().sorted().toList() : List.of();
      case "id" ->
          suggestions.of(new Question(caller, List.of("changes")), () -> changes.apply(caller));
      case "since" -> SPANS;
      default ->
          cluster(caller, known)
              .map(it -> all(new Place(caller, it), reference, argument, typed, known))
              .orElse(List.of());
    };
  }

  private List<String> all(
      Place place, String reference, String argument, String typed, Map<String, String> known) {
    Optional<String> namespace = given(known, "namespace");
    return switch (argument) {
      case "namespace" -> namespaces(place, reference);
      case "kind" -> kinds(place, namespace, !typed.isEmpty());
      case "name" ->
          given(known, "kind").map(kind -> names(place, kind, namespace)).orElse(List.of());
      case "workload" -> namespace.map(it -> workloads(place, it)).orElse(List.of());
      default -> List.of();
    };
  }

  /// Where somebody looks: in the cluster that was chosen, or in the only one, without a name.
  private record Place(Caller caller, String cluster) {
    Question asks(String... words) {
      List<String> all = new ArrayList<>(List.of(cluster));
      all.addAll(List.of(words));
      return new Question(caller, all);
    }
  }

  /// The one that was chosen; empty where the caller has none of that name.
  private Optional<String> cluster(Caller caller, Map<String, String> known) {
    return views.several()
        ? given(known, "cluster").filter(views.clusters(caller)::contains)
        : Optional.of("");
  }

  private static Optional<String> given(Map<String, String> known, String name) {
    return Optional.ofNullable(known.get(name))
        .filter(value -> !value.isEmpty() && value.length() <= LONGEST);
  }

  private List<String> namespaces(Place place, String reference) {
    List<String> names = listed(place, "v1/namespaces", Optional.empty());
    if (!reference.contains("{kind}")) {
      return names;
    }
    List<String> withNone = new ArrayList<>(List.of(NO_NAMESPACE));
    withNone.addAll(names);
    return withNone;
  }

  private List<String> kinds(Place place, Optional<String> namespace, boolean shorts) {
    Optional<Boolean> namespaced = namespace.map(name -> !name.equals(NO_NAMESPACE));
    return listed(
        place,
        place.asks("kinds", namespaced.map(String::valueOf).orElse(""), "" + shorts),
        view -> KindNames.of(view.kinds(), namespaced, shorts));
  }

  private List<String> names(Place place, String kind, Optional<String> namespace) {
    return namespace
        .filter(name -> !name.equals(NO_NAMESPACE))
        .map(name -> listed(place, kind, Optional.of(name)))
        // Without a namespace only what needs none: nobody types a name for all of them at once.
        .orElseGet(() -> listed(place, kind, Optional.empty()));
  }

  private List<String> workloads(Place place, String namespace) {
    return listed(
        place,
        place.asks("workloads", namespace),
        view -> {
          List<String> all = new ArrayList<>();
          for (String kind : WORKLOADS) {
            read(view, kind, Optional.of(namespace)).forEach(name -> all.add(kind + "/" + name));
          }
          all.sort(null);
          return all;
        });
  }

  private List<String> listed(Place place, String kind, Optional<String> namespace) {
    return listed(
        place,
        place.asks("names", kind, namespace.orElse("")),
        view -> read(view, kind, namespace));
  }

  /// What the caller had half a minute ago it does not keep when the tool is taken from it.
  private List<String> listed(
      Place place, Question question, Function<ClusterView, List<String>> read) {
    return views.has(place.caller(), TOOL)
        ? suggestions.of(question, () -> views.look(place.caller(), place.cluster(), TOOL, read))
        : List.of();
  }

  private static List<String> read(ClusterView view, String name, Optional<String> namespace) {
    try {
      KindInfo kind = view.kind(name);
      if (!kind.verbs().contains("list") || kind.namespaced() != namespace.isPresent()) {
        return List.of();
      }
      NameReader names = new NameReader();
      view.table(new ListQuery(kind, namespace, "", ""), names);
      return names.names();
    } catch (ClusterException e) {
      if (NOTHING_THERE.contains(e.denial().code())) {
        return List.of();
      }
      throw e;
    }
  }
}
