package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.canonical.CanonicalJson;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.rules.RuleTerms;
import java.util.Collection;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One digest for all that a rule says, and not for where it says it: moving a rule, or the order
/// in a set of names, changes nothing; any other edit makes it another rule, whose shadow begins
/// anew.
final class RuleDigest {
  private static final String DOMAIN = "kubewicket/rule/v1";

  private RuleDigest() {}

  /// The same rule, with the digest in its terms.
  static Rule signed(Rule rule) {
    RuleTerms terms = rule.terms();
    return new Rule(
        rule.name(),
        rule.tools(),
        rule.namespaces(),
        rule.kinds(),
        rule.labels(),
        rule.tier(),
        rule.line(),
        new RuleTerms(
            terms.callers(),
            terms.environments(),
            terms.clusters(),
            terms.when(),
            terms.require(),
            terms.approvals(),
            terms.shadow(),
            CanonicalJson.digest(DOMAIN, json(rule))));
  }

  private static ObjectNode json(Rule rule) {
    RuleTerms terms = rule.terms();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", rule.name());
    json.set("tools", sorted(rule.tools()));
    json.set("namespaces", sorted(rule.namespaces()));
    json.set("kinds", sorted(rule.kinds()));
    json.set("labels", labels(rule.labels()));
    json.put("tier", rule.tier().word());
    json.set("callers", sorted(terms.callers()));
    json.set("environments", sorted(terms.environments().stream().map(Environment::word).toList()));
    if (!terms.clusters().isEmpty()) {
      // Left out where it says nothing, so that rules of before keep their digests.
      json.set("clusters", sorted(terms.clusters()));
    }
    terms.when().ifPresent(it -> json.put("when", it));
    json.set("require", require(terms));
    json.put("approvals", terms.approvals());
    json.putObject("shadow")
        .put("age", terms.shadow().minAge().toSeconds())
        .put("samples", terms.shadow().minSamples());
    return json;
  }

  private static ArrayNode require(RuleTerms terms) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    terms
        .require()
        .forEach(it -> {
          ObjectNode one =
              all.addObject()
                  .put("expr", it.expression())
                  .put("code", it.code().name())
                  .put("sustainedFor", it.sustainedFor().toSeconds());
          it.message().ifPresent(message -> one.put("message", message));
        });
    return all;
  }

  private static ArrayNode labels(LabelSelector selector) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Requirement requirement : selector.requirements()) {
      if (requirement instanceof Requirement.In(String key, Set<String> values)) {
        all.addObject().put("key", key).put("is", "in").set("values", sorted(values));
      } else if (requirement instanceof Requirement.NotIn(String key, Set<String> values)) {
        all.addObject().put("key", key).put("is", "notin").set("values", sorted(values));
      } else if (requirement instanceof Requirement.Exists(String key)) {
        all.addObject().put("key", key).put("is", "there");
      } else if (requirement instanceof Requirement.Absent(String key)) {
        all.addObject().put("key", key).put("is", "absent");
      }
    }
    return all;
  }

  private static ArrayNode sorted(Collection<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    names.stream().sorted().forEach(array::add);
    return array;
  }
}
