package io.github.kubewicket.server.prompt;

import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.PromptArgument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What does the next person have to know?
final class HandOverIncident implements Runbook {
  private static final String USUAL = "4h";

  @Override
  public Prompt prompt() {
    return new Prompt(
        "hand_over_incident",
        "Hand over an incident",
        "Write the note with which the next person can go on, from what can be seen now.",
        List.of(
            new PromptArgument("namespace", "Namespace", "Where it happens", true),
            new PromptArgument(
                "since",
                "Since",
                "How far back to look, such as 30m, 4h, 1d; 4h when absent",
                false)));
  }

  @Override
  public Set<String> needs() {
    return Set.of("list_resources");
  }

  @Override
  public Map<String, Argument> arguments() {
    return Map.of("namespace", Argument.NAMESPACE, "since", Argument.SINCE);
  }

  @Override
  public String text(Map<String, String> given, Predicate<String> has) {
    String namespace = given.getOrDefault("namespace", "");
    String cluster = given.getOrDefault("cluster", "");
    String since = given.getOrDefault("since", USUAL);
    return """
    Write the hand-over note for the incident in %s, for a
    person who has seen nothing of it. Look at the last %s.

    %s
    Gather in this order, with at most 12 calls:
    %s
    Then write, at most 40 lines, times in UTC:
    - State now: one sentence, and since when. Who is affected, as far as the cluster tells.
    - What is broken: object, symptom, first seen, count. Worst first.
    - What was done: time, who, what, how it ended, changeId. What waits for a person: requestId and
      until when.
    - What is known, each with its evidence (tool and object); then, apart, what is only supposed.
    - What must not be done now, and why: running backup, freeze, spent budget, GitOps owner.
    - Next three steps, each with who may do it.
    - Not seen: what could not be looked at.

    Nothing is mended while this note is written. If something gets worse meanwhile, say so in its
    first line and hand over at once.
    """
        .formatted(
            Rules.place(namespace, cluster),
            since,
            Rules.text(cluster),
            steps((cluster.isEmpty() ? "" : cluster + "/") + "reports/" + namespace, since, has));
  }

  private static Steps steps(String report, String since, Predicate<String> has) {
    return new Steps(has)
        .step(
            """
            If you can read resources: kubewicket://%s has most of the steps below in one
            answer, and kubewicket://changes what was asked for and done.\
            """
                .formatted(report))
        .with(
            "list_resources",
            """
            list_resources (kind deployments, statefulsets, daemonsets, then pods): unhealthy first;
            note the states and how many.\
            """)
        .with(
            "list_events",
            """
            list_events (fieldSelector type=Warning): what repeats, on which object, since when. Leave
            out what ended before the last %s.\
            """
                .formatted(since))
        .with(
            "get_context",
            """
            get_context (the worst workload): incident, backup, rollout, freeze, owners, budgets that are
            spent, recentChanges with who and when.\
            """)
        .with(
            "get_logs",
            """
            get_logs (target of the worst workload, since %s, grep for error): two or three lines that
            show the failure; previous true where it crashed.\
            """
                .formatted(since));
  }
}
