package io.github.kubewicket.server.tools.workload;

import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Values;
import io.github.kubewicket.server.change.Plan;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The arguments that every tool for changes has, spelled once, and what all of them answer.
final class ChangeFields {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";

  static final Field<String> NAMESPACE =
      Field.text("namespace", "Namespace, exact", Pattern.compile(LABEL), "an exact namespace name")
          .required();
  static final Field<String> WORKLOAD =
      Field.text(
              "workload",
              "Kind and exact name, such as deployment/web",
              Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,120}/" + SUBDOMAIN),
              "a kind and an exact name, such as deployment/web; no patterns or selectors")
          .required();
  static final Field<String> POD =
      Field.text(
              "pod",
              "Exact pod name",
              Pattern.compile(SUBDOMAIN),
              "an exact pod name; no patterns or selectors")
          .required();
  static final Field<String> REASON =
      Field.text(
              "reason",
              "Why: what you saw and what you expect. A person reads it",
              Pattern.compile("(?s)(?=.*\\S).{1,1000}"),
              "a text of 1 to 1000 characters")
          .required();
  static final Field<String> TRIGGER =
      Field.text(
          "trigger",
          "The alert or signal behind it",
          Pattern.compile("(?s).{1,500}"),
          "a text of 1 to 500 characters");
  static final Field<Double> CONFIDENCE = Field.number("confidence", "Yours, 0 to 1", 0, 1);
  static final Field<String> APPROVAL =
      Field.text(
          "approval", "requestId or approval token, once a person has approved this very call");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChangeFields() {}

  static Plan.Why why(Values values) {
    return new Plan.Why(
        values.get(REASON),
        values.find(TRIGGER),
        values.find(CONFIDENCE).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        values.find(APPROVAL));
  }

  static Plan.WorkloadRef workload(Values values) {
    String workload = values.get(WORKLOAD);
    int slash = workload.indexOf('/');
    return new Plan.WorkloadRef(
        workload.substring(0, slash).toLowerCase(Locale.ROOT), workload.substring(slash + 1));
  }

  /// One envelope for every decision; `decision` tells which members to expect.
  static ObjectNode outputSchema() {
    return (ObjectNode)
        JSON.readTree(
            """
            {"type":"object","required":["decision"],"properties":{
            "decision":{"enum":["allow","deny","approval_required","suggested","shadow"]},
            "code":{"type":"string"},"message":{"type":"string"},"hint":{"type":"string"},
            "retryable":{"type":"boolean"},"approvable":{"type":"boolean"},"retryAfter":{"type":"string"},
            "requestId":{"type":"string"},"expiresAt":{"type":"string"},"diff":{"type":"string"},
            "blastRadius":{"type":"object"},"wayBack":{"type":"string"},"tier":{"type":"string"},
            "because":{"type":"array","items":{"type":"string"}},"command":{"type":"string"},
            "changeId":{"type":"string"},"target":{"type":"string"},
            "result":{"enum":["verified","reverted","escalated","refused","unknown"]}}}
            """);
  }
}
