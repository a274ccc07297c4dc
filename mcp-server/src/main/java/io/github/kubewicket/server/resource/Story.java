package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One change from the wish to its end, as the ledger tells it.
///
/// @param entries oldest first, never empty; those of the request, of the change and of its way
///   back
/// @param state of the request, as long as nothing was done; then `under way`, then how it ended
record Story(List<Entry> entries, String state) {
  /// What belongs to a change. Of everything else nothing is told here.
  static final Set<EntryType> TOLD =
      Set.of(
          EntryType.REQUESTED,
          EntryType.APPROVED,
          EntryType.REJECTED,
          EntryType.REVOKED,
          EntryType.INTENT,
          EntryType.OUTCOME);

  private static final String REVERT = "-revert";

  /// Copies the list.
  Story {
    entries = List.copyOf(entries);
  }

  /// What a change is done to.
  ///
  /// @param cluster the cluster's UID
  /// @param clusterName what it was called at the time; empty where it had no name
  /// @param kind such as `apps/v1/Deployment`
  /// @param namespace empty where there is none
  record Target(String cluster, String clusterName, String kind, String namespace, String name) {
    /// `Deployment/web in namespace shop on cluster prod`.
    String describe() {
      String object = kind.substring(kind.lastIndexOf('/') + 1) + "/" + name;
      return object
          + (namespace.isEmpty() ? "" : " in namespace " + namespace)
          + (clusterName.isEmpty() ? "" : " on cluster " + clusterName);
    }
  }

  /// The story of the request or change with this id.
  static Optional<Story> of(String id, LedgerView ledger) {
    Set<String> ids = new LinkedHashSet<>(List.of(id));
    Set<Entry> entries = new TreeSet<>(Comparator.comparingLong(Entry::seq));
    // A change names its request, and a request its change; a way back is named after its change.
    Set<String> asked = new LinkedHashSet<>();
    for (int step = 0; step < 3; step++) {
      for (String known : List.copyOf(ids)) {
        for (Entry entry : asked.add(known) ? entries(known, ledger) : List.<Entry>of()) {
          entries.add(entry);
          ids.addAll(ids(entry));
        }
      }
    }
    List<Entry> told = entries.stream().filter(entry -> TOLD.contains(entry.type())).toList();
    return told.isEmpty() ? Optional.empty() : Optional.of(new Story(told, state(told, ledger)));
  }

  /// The names under which an entry's change can be asked for.
  static Set<String> ids(Entry entry) {
    Set<String> ids = new LinkedHashSet<>();
    for (String field : List.of("requestId", "changeId", "revertOf")) {
      String id = entry.text(field);
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    String change = entry.text("changeId");
    if (!change.isEmpty()) {
      ids.add(
          change.endsWith(REVERT)
              ? change.substring(0, change.length() - REVERT.length())
              : change + REVERT);
    }
    return ids;
  }

  private static List<Entry> entries(String id, LedgerView ledger) {
    List<Entry> ofRequest = ledger.ofRequest(id);
    return ofRequest.isEmpty() ? ledger.ofChange(id) : ofRequest;
  }

  private static String state(List<Entry> told, LedgerView ledger) {
    List<Entry> outcomes =
        told.stream()
            .filter(entry -> entry.type() == EntryType.OUTCOME)
            .filter(entry -> !entry.text("changeId").endsWith(REVERT))
            .toList();
    boolean begun = told.stream().anyMatch(entry -> entry.type() == EntryType.INTENT);
    if (begun) {
      return outcomes.isEmpty() ? "under way" : outcomes.getFirst().text("result");
    }
    List<Entry> asked = told.stream().filter(entry -> entry.body().has("requestId")).toList();
    return ChangeRequest.of(asked, ledger.now())
        .map(request -> request.state().name().toLowerCase(Locale.ROOT))
        .orElse("unknown");
  }

  /// The shortest name of it: the change's id, or else the request's.
  String id() {
    return first("changeId").orElseGet(() -> first("requestId").orElse(""));
  }

  /// The first text of this name that an entry has.
  Optional<String> first(String field) {
    return entries.stream().map(entry -> entry.text(field)).filter(it -> !it.isEmpty()).findFirst();
  }

  /// The first value of this name that an entry has; missing where none has it.
  JsonNode value(String field) {
    return entries.stream()
        .map(entry -> entry.body().path(field))
        .filter(value -> !value.isMissingNode())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /// Who asked for it.
  String caller() {
    return first("caller").orElse("");
  }

  /// When it was heard of first.
  Instant at() {
    return entries.getFirst().at();
  }

  /// What it is done to; empty where the ledger does not tell, so that nobody but the caller is
  /// told of it.
  Optional<Target> target() {
    return entries.stream().flatMap(entry -> target(entry).stream()).findFirst();
  }

  private static Optional<Target> target(Entry entry) {
    JsonNode binding = entry.body().path("binding");
    JsonNode target =
        entry.type() == EntryType.INTENT ? entry.body().path("target") : binding.path("target");
    String cluster =
        entry.type() == EntryType.INTENT
            ? target.path("cluster").asString("")
            : binding.path("cluster").path("uid").asString("");
    String kind = target.path("kind").asString("");
    String name = target.path("name").asString("");
    if (cluster.isEmpty() || kind.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            cluster,
            entry.text("clusterName"),
            target.path("apiVersion").asString("") + "/" + kind,
            target.path("namespace").asString(""),
            name));
  }
}
