package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A call that the ledger knows.
///
/// @param first the entry in which it stands
/// @param story what the ledger says about it, oldest first
/// @param arguments for `explain_policy`; empty where the ledger did not keep them
record RecordedCall(Entry first, List<String> story, Optional<ObjectNode> arguments) {
  private static final List<String> ASKED = List.of("namespace", "workload", "pod", "replicas");
  private static final Pattern TARGET =
      Pattern.compile("([A-Za-z]+)/(\\S+) in namespace (\\S+?)(?: on cluster (\\S+))?");

  /// Copies the list.
  RecordedCall {
    story = List.copyOf(story);
  }

  /// By what it is found; one of them.
  ///
  /// @param change the id of a change
  /// @param request the id of a request
  /// @param entry the number of an entry
  record Key(Optional<String> change, Optional<String> request, Optional<Long> entry) {}

  static Optional<RecordedCall> find(Key key, LedgerView ledger) {
    List<Entry> entries =
        key.change()
            .map(ledger::ofChange)
            .or(() -> key.request().map(ledger::ofRequest))
            .or(() -> key.entry().flatMap(ledger::entry).map(List::of))
            .orElse(List.of());
    return entries.stream()
        .filter(entry -> !entry.text("tool").isEmpty())
        .findFirst()
        .map(first -> new RecordedCall(first, whole(first, entries, ledger), arguments(first)));
  }

  /// Who called.
  String caller() {
    return first.text("caller");
  }

  /// The name of its cluster, where it had one.
  Optional<String> cluster() {
    String kept = first.text("clusterName");
    Matcher target = TARGET.matcher(first.text("target"));
    return Optional.of(kept)
        .filter(name -> !name.isEmpty())
        .or(() -> target.matches() ? Optional.ofNullable(target.group(4)) : Optional.empty());
  }

  /// The tool that was called.
  String tool() {
    return first.text("tool");
  }

  /// A request's story goes on with its change, and a change's begins with its request.
  private static List<String> whole(Entry first, List<Entry> entries, LedgerView ledger) {
    List<Entry> all = new ArrayList<>(entries);
    String request = first.text("requestId");
    if (!request.isEmpty()) {
      add(all, ledger.ofRequest(request));
    }
    for (Entry entry : List.copyOf(all)) {
      if (!entry.text("changeId").isEmpty()) {
        add(all, ledger.ofChange(entry.text("changeId")));
      }
    }
    return all.stream()
        .sorted((a, b) -> Long.compare(a.seq(), b.seq()))
        .map(RecordedCall::told)
        .toList();
  }

  private static void add(List<Entry> all, List<Entry> more) {
    for (Entry entry : more) {
      if (all.stream().noneMatch(known -> known.seq() == entry.seq())) {
        all.add(entry);
      }
    }
  }

  private static String told(Entry entry) {
    String by = entry.text("rule").isEmpty() ? "" : ", by the rule " + entry.text("rule");
    String what =
        switch (entry.type()) {
          case REQUESTED ->
              "a person was asked"
                  + by
                  + entry
                      .body()
                      .path("because")
                      .valueStream()
                      .map(reason -> "; " + reason.asString(""))
                      .reduce("", String::concat);
          case APPROVED -> "approved by " + entry.text("approver");
          case REJECTED -> "rejected by " + entry.text("by") + reason(entry);
          case REVOKED -> "taken back by " + entry.text("by") + reason(entry);
          case DENIED -> "refused" + by + ", " + entry.text("code") + ": " + entry.text("message");
          case INTENT ->
              "let through at the tier "
                  + entry.text("tier")
                  + by
                  + (entry.text("approver").isEmpty()
                      ? ""
                      : ", approved by " + entry.text("approver"));
          case OUTCOME -> "it ended " + entry.text("result") + ": " + entry.text("message");
          case SUGGESTED -> "suggested only, " + entry.text("subject");
          case SHADOWED -> "in shadow, " + entry.text("subject");
          case STARTUP, RULE, FROZEN, RELEASED, PAUSED, RESUMED, TOKEN_ISSUED, TOKEN_REVOKED ->
              entry.type().word();
        };
    return "%d  %s  %s".formatted(entry.seq(), entry.at(), what);
  }

  private static String reason(Entry entry) {
    return entry.text("reason").isEmpty() ? "" : ": " + entry.text("reason");
  }

  private static Optional<ObjectNode> arguments(Entry first) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (String name : ASKED) {
      var value = first.body().path("arguments").path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        arguments.set(name, value);
      }
    }
    if (!arguments.isEmpty()) {
      return Optional.of(arguments);
    }
    boolean kept =
        first.type() == EntryType.DENIED
            || first.type() == EntryType.SUGGESTED
            || first.type() == EntryType.SHADOWED;
    Matcher target = TARGET.matcher(first.text("target"));
    if (!kept || !target.matches() || first.text("tool").equals("scale_workload")) {
      return Optional.empty();
    }
    arguments.put("namespace", target.group(3));
    return Optional.of(
        target.group(1).equals("Pod")
            ? arguments.put("pod", target.group(2))
            : arguments.put("workload", target.group(1) + "/" + target.group(2)));
  }
}
