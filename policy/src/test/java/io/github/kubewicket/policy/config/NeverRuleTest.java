package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever the rules are, a `never` rule in front of them takes rights away and gives none, and a
/// rule that is reported as covered can be removed without a difference.
class NeverRuleTest {
  private static final int POLICIES = 400;
  private static final List<String> NAMESPACES = List.of("shop", "shop-eu", "bank", "kube-system");
  private static final List<String> PATTERNS =
      List.of("shop", "shop-eu", "bank", "\"shop*\"", "\"shop-*\"", "\"*\"");
  private static final List<String> KINDS = List.of("Deployment", "StatefulSet");
  private static final List<String> LABELS =
      List.of("app=web", "app!=web", "app", "\"!app\"", "app in (web)", "{app: api}");

  private final SplittableRandom random = new SplittableRandom(20_261_123L);

  @Test
  void takesRightsAndGivesNone() {
    int took = 0;

    for (int i = 0; i < POLICIES; i++) {
      String rules = rules(random.nextInt(4));
      Policy before = ToolsForTests.valid(file(rules));
      Policy after = ToolsForTests.valid(file(rule("front", "never") + rules));

      assertThat(ToolsForTests.WRITE).allMatch(t -> before.enables(t) || !after.enables(t));
      for (Target target : targets()) {
        for (String tool : ToolsForTests.WRITE) {
          int rights = rights(before, tool, target);
          int left = rights(after, tool, target);
          if (left > rights) {
            fail("More rights on " + target + " with a never rule in front of\n" + rules);
          }
          took += rights - left;
        }
      }
    }

    assertThat(took).isPositive();
  }

  @Test
  void decidesNothingWhereARuleIsCovered() {
    int covered = 0;

    for (int i = 0; i < POLICIES; i++) {
      Policy policy = ToolsForTests.valid(file(rules(2)));
      Rule first = policy.rules().getFirst();
      Rule second = policy.rules().getLast();
      if (Coverage.covers(first, second)) {
        covered++;
        for (Target target : targets()) {
          assertThat(ToolsForTests.WRITE)
              .noneMatch(tool -> second.matches(tool, target) && !first.matches(tool, target));
        }
      }
    }

    assertThat(covered).isPositive();
  }

  private static int rights(Policy policy, String tool, Target target) {
    Optional<Tier> tier =
        policy.rules().stream()
            .filter(rule -> rule.matches(tool, target))
            .findFirst()
            .map(Rule::tier);
    return tier.map(Tier::ordinal).orElse(0);
  }

  private static String file(String rules) {
    return "apiVersion: kubewicket.dev/v1\nrules:\n" + rules;
  }

  private String rules(int count) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rules.append(rule("r" + i, oneOf(List.of("never", "approve", "auto"))));
    }
    return rules.toString();
  }

  private String rule(String name, String tier) {
    String kinds = random.nextBoolean() ? "" : "    kinds: [" + oneOf(KINDS) + "]\n";
    String labels = random.nextBoolean() ? "" : "    labels: " + oneOf(LABELS) + "\n";
    return "  - name: %s\n    tools: [%s]\n    namespaces: [%s]\n%s%s    tier: %s\n"
        .formatted(name, oneOf(ToolsForTests.WRITE), oneOf(PATTERNS), kinds, labels, tier)
        .replace(
            "[evict_pod]", random.nextBoolean() ? "[evict_pod]" : "[evict_pod, scale_workload]");
  }

  private String oneOf(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (String namespace : NAMESPACES) {
      for (String kind : KINDS) {
        for (String app : List.of("", "web", "api")) {
          Map<String, String> labels = new HashMap<>();
          if (!app.isEmpty()) {
            labels.put("app", app);
          }
          targets.add(
              new Target(
                  "c",
                  "apps/v1",
                  kind,
                  namespace,
                  "x",
                  "u",
                  1,
                  "sha256:0",
                  labels,
                  kind + "/x",
                  Optional.empty()));
        }
      }
    }
    return targets;
  }
}
