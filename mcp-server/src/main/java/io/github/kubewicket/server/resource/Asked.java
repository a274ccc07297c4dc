package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.offer.ResourceAnswer;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks tools on a caller's behalf, along the one path that every call takes: what the tool would
/// refuse the caller is refused here too.
///
/// @param cluster the name of the one that is asked; empty where there is only one
record Asked(Calls calls, Caller caller, String cluster) {
  private static final String CLIENT = "resource";
  private static final String CLUSTER = "cluster";

  /// What a tool answers to these arguments.
  Reply tool(String name, Map<String, String> arguments) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    arguments.forEach(json::put);
    return tool(name, json);
  }

  /// What a tool answers to these arguments.
  Reply tool(String name, ObjectNode arguments) {
    ObjectNode all = cluster.isEmpty() ? arguments : arguments.deepCopy().put(CLUSTER, cluster);
    return calls.run(new Request(caller, CLIENT, name, all, Progress.NONE));
  }

  /// Why a tool said no.
  static Denial denial(Reply refused) {
    JsonNode envelope = refused.structured();
    String code = envelope.path("code").asString("");
    Denial denial =
        Denial.of(
            Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(code))
                .findFirst()
                .orElse(Reason.INTERNAL),
            envelope.path("message").asString(""),
            envelope.path("hint").asString(""));
    String rule = envelope.path("rule").asString("");
    return rule.isEmpty() ? denial : denial.byRule(rule);
  }

  /// A tool's no, as that of a resource: what the arguments are wrong about is not there.
  static ResourceAnswer refused(Reply reply) {
    Denial denial = denial(reply);
    boolean missing =
        denial.code() == Reason.NOT_FOUND
            || denial.code() == Reason.UNKNOWN_KIND
            || denial.code() == Reason.BAD_ARGS;
    return missing
        ? new ResourceAnswer.Missing(denial.message())
        : new ResourceAnswer.Refused(denial);
  }
}
