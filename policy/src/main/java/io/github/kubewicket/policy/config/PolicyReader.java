package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.settings.ClusterSettings;
import io.github.kubewicket.policy.settings.HttpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the whole file: its top-level keys and what each means.
final class PolicyReader {
  static final String API_VERSION = "kubewicket.dev/v1";
  static final int ANSWER_BYTES = 8_192;
  static final Duration APPROVAL_TTL = Duration.ofMinutes(15);
  static final int MAX_PENDING = 5;

  private final KnownTools known;
  private final Conditions conditions;

  PolicyReader(KnownTools known, Conditions conditions) {
    this.known = known;
    this.conditions = conditions;
  }

  /// A policy, and the places of its rules and of everything else in the file.
  record Draft(Policy policy, List<RuleReader.Placed> rules, Fields file) {}

  /// The policy; to be used only if no problem was found.
  Optional<Draft> read(Field root, String digest) {
    return root.fields("keys with values, such as apiVersion: " + API_VERSION, Keys.FILE)
        .map(keys -> draft(keys, digest));
  }

  private Draft draft(Fields keys, String digest) {
    keys.required("apiVersion", "apiVersion: " + API_VERSION).ifPresent(this::apiVersion);
    Optional<Fields> answers = keys.block("answers", "{maxBytes: 8192}");
    Optional<Fields> approvals = keys.block("approvals", "{ttl: 15m, maxPending: 5}");
    Optional<Fields> budgets = keys.block("budgets", "restart: {namespace: 3/1h}");
    List<ClusterSettings> clusters =
        keys.getUnlessEmpty("clusters").map(ClusterReader::read).orElse(List.of());
    RuleReader reader = new RuleReader(known, new Expressions(conditions), clusters);
    List<RuleReader.Placed> rules =
        keys.getUnlessEmpty("rules").map(reader::read).orElse(List.of());
    Policy policy =
        new Policy(
            digest,
            keys.get("tools").map(this::tools).orElse(List.copyOf(known.read())),
            answers.flatMap(it -> it.wholeNumber("maxBytes")).orElse(ANSWER_BYTES),
            rules.stream().map(RuleReader.Placed::rule).toList(),
            budgets.map(BudgetReader::read).orElseGet(BudgetReader::defaults),
            keys.getUnlessEmpty("approvers").map(ApproverReader::read).orElse(List.of()),
            approvals.flatMap(it -> it.duration("ttl")).orElse(APPROVAL_TTL),
            approvals.flatMap(it -> it.wholeNumber("maxPending")).orElse(MAX_PENDING),
            new GuardrailReader(known).read(keys, budgets),
            keys.block("http", "{publicUrl: \"https://kubewicket.example/mcp\"}")
                .map(HttpReader::read)
                .orElse(HttpSettings.USUAL),
            new CallersReader(known).read(keys),
            clusters);
    return new Draft(policy, rules, keys);
  }

  private void apiVersion(Field field) {
    String what = "the version " + API_VERSION;
    Optional<String> version = field.text(what);
    if (version.isPresent() && !version.get().equals(API_VERSION)) {
      field.problem(
          "This Kubewicket reads "
              + API_VERSION
              + " and not "
              + Quoted.of(version.get())
              + "; write apiVersion: "
              + API_VERSION
              + ".");
    }
  }

  // An empty list is a list without tools. No value at all could mean none or all, so it is asked
  // back.
  private List<String> tools(Field field) {
    String what = "a list of read tools, [] for none, or no key at all for every read tool";
    if (field.value() instanceof Yaml.Sequence(List<Yaml> items, var _) && items.isEmpty()) {
      return List.of();
    }
    Map<String, Field> names = field.names(what, "the name of a read tool");
    names.forEach((name, at) -> {
      if (known.write().contains(name)) {
        at.problem(
            Quoted.of(name)
                + " is a write tool, and write tools are enabled by rules; remove it here and"
                + " name it under rules.");
      } else if (!known.read().contains(name)) {
        at.problem(
            "No read tool is called "
                + Quoted.of(name)
                + "; the read tools are "
                + String.join(", ", known.read())
                + Nearest.hint(name, known.read()));
      }
    });
    return new ArrayList<>(names.keySet());
  }
}
