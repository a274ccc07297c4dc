package io.github.kubewicket.server.prompt;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.PromptAnswer;
import io.github.kubewicket.server.offer.PromptArgument;
import io.github.kubewicket.server.offer.Prompts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The runbooks' prompts: those whose tools the caller has.
public final class RunbookPrompts implements Prompts {
  private static final List<Runbook> ALL = List.of(new DiagnoseRollout(), new HandOverIncident());

  private static final String CLUSTER = "cluster";
  private static final PromptArgument CHOICE =
      new PromptArgument(CLUSTER, "Cluster", "Which cluster it is about", true);

  private final BiPredicate<Caller, String> has;
  private final Function<Caller, Optional<List<String>>> clusters;

  /// The arguments of each prompt, by its name.
  ///
  /// @param several whether there are several clusters
  public static Map<String, List<String>> arguments(boolean several) {
    return ALL.stream()
        .map(runbook -> prompt(runbook, several))
        .collect(
            Collectors.toUnmodifiableMap(
                Prompt::name,
                prompt -> prompt.arguments().stream().map(PromptArgument::name).toList()));
  }

  /// @param has whether a caller has a tool of this name
  /// @param clusters the names of the clusters that a caller may use, where there are several
  public RunbookPrompts(
      BiPredicate<Caller, String> has, Function<Caller, Optional<List<String>>> clusters) {
    this.has = has;
    this.clusters = clusters;
  }

  private static Prompt prompt(Runbook runbook, boolean several) {
    Prompt prompt = runbook.prompt();
    if (!several) {
      return prompt;
    }
    List<PromptArgument> arguments = new ArrayList<>(List.of(CHOICE));
    arguments.addAll(prompt.arguments());
    return new Prompt(prompt.name(), prompt.title(), prompt.description(), arguments);
  }

  @Override
  public List<Prompt> list(Caller caller) {
    boolean several = clusters.apply(caller).isPresent();
    return ALL.stream()
        .filter(runbook -> useful(runbook, caller))
        .map(runbook -> prompt(runbook, several))
        .toList();
  }

  @Override
  public PromptAnswer get(Caller caller, String name, Map<String, String> arguments) {
    return ALL.stream()
        .filter(runbook -> runbook.prompt().name().equals(name))
        .filter(runbook -> useful(runbook, caller))
        .findFirst()
        .map(runbook -> filled(runbook, caller, arguments))
        .orElseGet(PromptAnswer.Unknown::new);
  }

  private boolean useful(Runbook runbook, Caller caller) {
    return clusters.apply(caller).filter(List::isEmpty).isEmpty()
        && runbook.needs().stream().allMatch(tool -> has.test(caller, tool));
  }

  private PromptAnswer filled(Runbook runbook, Caller caller, Map<String, String> arguments) {
    Optional<List<String>> names = clusters.apply(caller);
    return wrong(prompt(runbook, names.isPresent()), allowed(runbook, names), arguments)
        .<PromptAnswer>map(PromptAnswer.BadArguments::new)
        .orElseGet(() ->
            new PromptAnswer.Messages(
                runbook.prompt().description(),
                List.of(runbook.text(arguments, tool -> has.test(caller, tool)))));
  }

  /// What each argument may look like; a cluster is one of those that the caller may use.
  private static Map<String, Argument> allowed(Runbook runbook, Optional<List<String>> clusters) {
    Map<String, Argument> allowed = new HashMap<>(runbook.arguments());
    clusters.ifPresent(names -> allowed.put(CLUSTER, Argument.oneOf(names)));
    return allowed;
  }

  private static Optional<String> wrong(
      Prompt prompt, Map<String, Argument> allowed, Map<String, String> arguments) {
    for (String name : arguments.keySet()) {
      if (!allowed.containsKey(name)) {
        return Optional.of(
            "Unknown argument \""
                + Untrusted.line(name, 60)
                + "\"; this prompt takes "
                + String.join(", ", prompt.arguments().stream().map(PromptArgument::name).toList())
                + ".");
      }
    }
    for (PromptArgument argument : prompt.arguments()) {
      String value = arguments.get(argument.name());
      if (value == null && argument.required()) {
        return Optional.of("The argument \"" + argument.name() + "\" is required.");
      }
      Argument shape = allowed.get(argument.name());
      if (value != null && (shape == null || !shape.fits(value))) {
        return Optional.of(
            "The argument \""
                + argument.name()
                + "\" has to be "
                + (shape == null ? "absent" : shape.allowed())
                + ".");
      }
    }
    return Optional.empty();
  }
}
