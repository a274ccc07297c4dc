package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.catalogue.Bound;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.tools.policy.ExplainPolicy;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Prints what `explain_policy` answers, for people or for machines.
///
/// @param wiring of this process; nothing is recorded in its ledger
/// @param clusters the live ones
/// @param cluster the name of the one that is asked; empty where there is only one
/// @param json for machines
/// @param out where it is printed
record Explaining(Wiring wiring, Clusters clusters, String cluster, boolean json, PrintStream out) {
  private static final int WIDEST = 2_000;
  private static final int BUDGET = 1 << 20;
  private static final String ROW = "%-16s  %-16s  %s";
  private static final String LOST =
      "The ledger did not keep its arguments; ask with the tool and its target instead.";

  /// Explains a call that nobody made.
  ///
  /// @return the exit status
  int call(String tool, ObjectNode arguments, Caller caller) {
    Optional<JsonNode> answer = answer(tool, arguments, caller);
    answer.ifPresent(it -> {
      if (json) {
        out.println(it);
      } else {
        print(it, caller);
      }
    });
    return answer.isPresent() ? 0 : 1;
  }

  /// Explains a call that was made.
  ///
  /// @param instead the caller to ask for now, where not the same
  /// @return the exit status
  int recorded(RecordedCall then, Optional<Caller> instead) {
    Caller caller = instead.orElseGet(() -> new Caller(then.caller()));
    Optional<JsonNode> now =
        then.arguments().flatMap(arguments -> answer(then.tool(), arguments, caller));
    if (json) {
      ObjectNode both = JsonNodeFactory.instance.objectNode();
      ArrayNode story =
          both.putObject("then")
              .put("tool", then.tool())
              .put("caller", then.caller())
              .putArray("story");
      then.story().forEach(story::add);
      now.ifPresent(answer -> both.set("now", answer));
      out.println(both);
      return 0;
    }
    say("then: " + then.tool() + ", called by " + then.caller());
    then.story().forEach(line -> out.println("  " + Untrusted.line(line, WIDEST)));
    out.println();
    if (then.arguments().isEmpty()) {
      out.println("now: " + LOST);
    }
    now.ifPresent(answer -> {
      out.println("now:");
      print(answer, caller);
    });
    return 0;
  }

  private Optional<JsonNode> answer(String tool, ObjectNode arguments, Caller caller) {
    ExplainPolicy explain = new ExplainPolicy();
    return switch (explain.input().bind(arguments.deepCopy().put("tool", tool))) {
      case Bound.Invalid<ExplainPolicy.Args>(String message) -> {
        System.err.println("kubewicket: " + Untrusted.line(message, WIDEST));
        yield Optional.empty();
      }
      case Bound.Ready<ExplainPolicy.Args>(ExplainPolicy.Args bound) -> {
        Reply reply = explain.answer(bound, wiring.desk(clusters, cluster, caller), BUDGET);
        yield Optional.of(reply.structured());
      }
    };
  }

  private void print(JsonNode answer, Caller caller) {
    if (answer.has("target")) {
      say(text(answer, "tool") + " on " + text(answer, "target") + ", by " + caller.name());
      out.println();
    }
    for (JsonNode check : answer.path("checks")) {
      String code = text(check, "code");
      say(
          ROW.formatted(
              text(check, "check"),
              text(check, "result"),
              (code.isEmpty() ? "" : code + ": ") + text(check, "message")));
    }
    if (answer.has("checks")) {
      out.println();
    }
    String code = text(answer, "code");
    say(
        ROW.formatted(
            "decision",
            text(answer, "decision"),
            (code.isEmpty() ? "" : code + ": ") + text(answer, "message")));
    row("rule", text(answer, "rule"));
    row("in shadow", text(answer, "shadow"));
    row("not before", text(answer, "retryAfter"));
    row("next", text(answer, "hint"));
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      say(ROW.formatted(name, "", value));
    }
  }

  private void say(String line) {
    out.println(Untrusted.line(line, WIDEST).stripTrailing());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
