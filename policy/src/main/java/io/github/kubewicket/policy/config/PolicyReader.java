package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.settings.Guardrails;
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
  static final Duration VERIFY_TIMEOUT = Duration.ofMinutes(2);

  private static final List<String> KEYS =
      List.of(
          "apiVersion", "tools", "answers", "rules", "budgets", "approvals", "verify", "approvers");

  private final KnownTools known;

  PolicyReader(KnownTools known) {
    this.known = known;
  }

  /// A policy and the places of its rules.
  record Draft(Policy policy, List<RuleReader.Placed> rules) {}

  /// The policy; to be used only if no problem was found.
  Optional<Draft> read(Field root, String digest) {
    return root.fields("keys with values, such as apiVersion: " + API_VERSION, KEYS)
        .map(keys -> draft(keys, digest));
  }

  private Draft draft(Fields keys, String digest) {
    keys.required("apiVersion", "apiVersion: " + API_VERSION).ifPresent(this::apiVersion);
    Optional<Fields> answers = block(keys, "answers", "{maxBytes: 8192}", "maxBytes");
    Optional<Fields> approvals =
        block(keys, "approvals", "{ttl: 15m, maxPending: 5}", "ttl", "maxPending");
    Optional<Fields> verify = block(keys, "verify", "{timeout: 2m}", "timeout");
    List<RuleReader.Placed> rules =
        keys.getUnlessEmpty("rules").map(new RuleReader(known)::read).orElse(List.of());
    List<Budget> budgets =
        keys.getUnlessEmpty("budgets").map(BudgetReader::read).orElseGet(BudgetReader::defaults);
    Policy policy =
        new Policy(
            digest,
            keys.get("tools").map(this::tools).orElse(List.copyOf(known.read())),
            answers
                .flatMap(it -> it.getUnlessEmpty("maxBytes"))
                .flatMap(it -> it.wholeNumber(1_024, 262_144))
                .orElse(ANSWER_BYTES),
            rules.stream().map(RuleReader.Placed::rule).toList(),
            budgets,
            keys.getUnlessEmpty("approvers").map(ApproverReader::read).orElse(List.of()),
            approvals
                .flatMap(it -> it.getUnlessEmpty("ttl"))
                .flatMap(it -> it.duration("1m", "4h"))
                .orElse(APPROVAL_TTL),
            approvals
                .flatMap(it -> it.getUnlessEmpty("maxPending"))
                .flatMap(it -> it.wholeNumber(1, 100))
                .orElse(MAX_PENDING),
            Guardrails.usual());
    return new Draft(policy, rules);
  }

  private static Optional<Fields> block(
      Fields keys, String key, String example, String... allowed) {
    return keys.getUnlessEmpty(key)
        .flatMap(field -> field.fields("keys with values, such as " + example, List.of(allowed)));
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
