package io.github.kubewicket.policy;

import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.rules.ShadowTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Rules that let agents act alone begin in shadow: they only record what they would have done,
/// until they are old enough and have spoken often enough. The clock is in the ledger, and an
/// edited rule is a new one.
final class Shadows {
  private volatile String noted = "";

  /// Records the rules that are new, or were edited, since the ledger saw them last.
  void note(Policy policy, LedgerTransaction tx) {
    if (noted.equals(policy.digest())) {
      return;
    }
    for (Rule rule : policy.rules()) {
      note(policy, rule, tx);
    }
    noted = policy.digest();
  }

  /// What is missing until the rule that speaks acts; empty where nothing is. Its clock begins here
  /// where another process has seen it edited meanwhile, or what this one noted was not kept.
  static Optional<String> left(Policy policy, Rule rule, LedgerTransaction tx) {
    if (!rule.terms().shadow().equals(ShadowTerms.OFF)) {
      note(policy, rule, tx);
    }
    return left(rule, tx);
  }

  private static void note(Policy policy, Rule rule, LedgerTransaction tx) {
    if (firstSeen(rule, tx).isEmpty()) {
      tx.append(
          EntryType.RULE,
          JsonNodeFactory.instance
              .objectNode()
              .put("subject", subject(rule))
              .put("digest", rule.terms().digest())
              .put("tier", rule.tier().word())
              .put("policy", policy.digest()));
    }
  }

  /// What is missing until the rule acts, in one sentence; empty where nothing is.
  static Optional<String> left(Rule rule, LedgerView ledger) {
    ShadowTerms terms = rule.terms().shadow();
    if (terms.minAge().isZero() && terms.minSamples() == 0) {
      return Optional.empty();
    }
    Instant now = ledger.now();
    Optional<Entry> first = firstSeen(rule, ledger);
    Instant since = first.map(Entry::at).orElse(now);
    long begun = first.map(Entry::seq).orElse(Long.MAX_VALUE);
    Duration age = Duration.between(since, now);
    // Ledger time may stand still, so what was before the edit is told by the entries' numbers.
    long samples =
        ledger
            .about(EntryType.SHADOWED, subject(rule), since.minusMillis(1), terms.minSamples())
            .stream()
            .filter(entry -> entry.seq() > begun)
            .count();
    boolean out = age.compareTo(terms.minAge()) >= 0 && samples >= terms.minSamples();
    return out
        ? Optional.empty()
        : Optional.of(
            "it has stood since "
                + since
                + " and is to stand for "
                + terms.minAge().toHours()
                + " h; it has spoken "
                + samples
                + " of "
                + terms.minSamples()
                + " times");
  }

  static String subject(Rule rule) {
    return "rule:" + rule.name();
  }

  /// Since when the rule has stood as it is. A rule that was changed and changed back begins anew.
  private static Optional<Entry> firstSeen(Rule rule, LedgerView ledger) {
    return ledger.about(EntryType.RULE, subject(rule), Instant.EPOCH, 1).stream()
        .filter(entry -> entry.text("digest").equals(rule.terms().digest()))
        .findFirst();
  }
}
