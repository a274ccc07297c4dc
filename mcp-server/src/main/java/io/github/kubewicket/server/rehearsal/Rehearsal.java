package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Explanation;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.settings.ClusterSettings;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.cluster.ClusterException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Plays cases against a policy with the server's own gate, dry runs included. Needs no cluster,
/// and touches nothing but its folder.
public final class Rehearsal {
  private final Catalogue catalogue;
  private final Conditions conditions;
  private final Path folder;
  private final SecureRandom random;
  private final Understudies understudies;
  private int played;

  /// @param folder an empty one, for ledgers; the caller deletes it
  public Rehearsal(Catalogue catalogue, Conditions conditions, Path folder, SecureRandom random) {
    this.catalogue = catalogue;
    this.conditions = conditions;
    this.folder = folder;
    this.random = random;
    this.understudies = new Understudies(random);
  }

  /// Plays one case.
  public Played play(Policy policy, Scenario scenario) {
    Policy tiered =
        scenario.everyRuleAt().map(tier -> Policies.withTier(policy, tier)).orElse(policy);
    Understudies.Cast cast =
        scenario.call().approvedAt().isPresent()
            ? understudies.cast(tiered, scenario.call().caller())
            : new Understudies.Cast(tiered, List.of());
    Optional<String> cluster = cluster(policy, scenario);
    if (cluster.isEmpty()) {
      return unplayed(
          scenario,
          "its cluster has to be one of "
              + String.join(", ", policy.clusters().stream().map(ClusterSettings::name).toList())
              + ", as the policy names them.");
    }
    Path state = folder.resolve("case-" + played++);
    try (Stage stage =
        new Stage(
            cluster.get(),
            catalogue,
            cast.policy(),
            conditions,
            scenario.objects(),
            scenario.at(),
            state,
            random)) {
      Played.Seen seen = played(stage, scenario, cast);
      return new Played(scenario, Optional.of(seen), Differences.between(scenario.expect(), seen));
    } catch (UnplayableException e) {
      return unplayed(scenario, e.why());
    } catch (ClusterException e) {
      return unplayed(scenario, e.denial().message());
    }
  }

  /// The name of the cluster, which is empty where the policy names none; nothing where it is not
  /// clear.
  private static Optional<String> cluster(Policy policy, Scenario scenario) {
    List<String> names = policy.clusters().stream().map(ClusterSettings::name).toList();
    if (scenario.cluster().isPresent()) {
      return scenario.cluster().filter(names::contains);
    }
    return names.isEmpty()
        ? Optional.of("")
        : Optional.of(names.getFirst()).filter(_ -> names.size() == 1);
  }

  private static Played unplayed(Scenario scenario, String why) {
    return new Played(scenario, Optional.empty(), List.of("it could not be played: " + why));
  }

  private Played.Seen played(Stage stage, Scenario scenario, Understudies.Cast cast)
      throws UnplayableException {
    Optional<String> approval = past(stage, scenario, cast);
    stage.clock().put(scenario.at());
    Scenario.Call call = scenario.call();
    Optional<Explanation> explanation = explanation(stage, call);
    ObjectNode arguments = call.arguments().deepCopy();
    approval.ifPresent(id -> arguments.put("approval", id));
    JsonNode answer =
        stage
            .calls()
            .run(
                new Request(
                    new Caller(call.caller()),
                    "kubewicket policy test",
                    call.tool(),
                    arguments,
                    Progress.NONE))
            .structured();
    return new Played.Seen(
        answer.path("decision").asString(""),
        answer.path("code").asString(""),
        answer.path("message").asString(""),
        answer.path("retryAfter").asString(""),
        explanation.map(it -> it.tier().word()).orElse(""),
        explanation.flatMap(Explanation::rule).orElse(""));
  }

  /// Lets the past happen in its order.
  ///
  /// @return the id of the approved request, where there is one
  private static Optional<String> past(Stage stage, Scenario scenario, Understudies.Cast cast)
      throws UnplayableException {
    List<Scenario.Act> acts = new ArrayList<>(scenario.history());
    acts.sort(Comparator.comparing(Scenario.Act::at));
    Past past = new Past(stage);
    Optional<Instant> approvedAt = scenario.call().approvedAt();
    Instant begin = acts.isEmpty() ? scenario.at() : acts.getFirst().at();
    if (scenario.shadowOver()) {
      past.shadowOver(begin.isBefore(approvedAt.orElse(begin)) ? begin : approvedAt.orElse(begin));
    }
    Optional<String> request = Optional.empty();
    boolean asked = approvedAt.isEmpty();
    for (Scenario.Act act : acts) {
      if (!asked && act.at().isAfter(approvedAt.orElseThrow())) {
        request = past.approval(scenario.call(), approvedAt.orElseThrow(), cast.keys());
        asked = true;
      }
      past.act(act);
    }
    return asked ? request : past.approval(scenario.call(), approvedAt.orElseThrow(), cast.keys());
  }

  /// What an explanation says about it; it knows the rule and the tier where an answer does not.
  private static Optional<Explanation> explanation(Stage stage, Scenario.Call call) {
    try {
      return stage
                  .calls()
                  .desk("", new Caller(call.caller()))
                  .explain(call.tool(), call.arguments())
              instanceof PolicyDesk.Explained.Heard(var _, Explanation explanation)
          ? Optional.of(explanation)
          : Optional.empty();
    } catch (ClusterException e) {
      return Optional.empty();
    }
  }
}
