package io.github.kubewicket.server.prompt;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.PromptAnswer;
import io.github.kubewicket.server.offer.PromptArgument;
import io.github.kubewicket.server.offer.Prompts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// The runbooks' prompts: those whose tools the caller has.
public final class RunbookPrompts implements Prompts {
  private static final List<Runbook> ALL = List.of(new DiagnoseRollout(), new HandOverIncident());

  private final BiPredicate<Caller, String> has;

  /// The arguments of each prompt, by its name.
  public static Map<String, List<String>> arguments() {
    return ALL.stream()
        .map(Runbook::prompt)
        .collect(
            Collectors.toUnmodifiableMap(
                Prompt::name,
                prompt -> prompt.arguments().stream().map(PromptArgument::name).toList()));
  }

  /// @param has whether a caller has a tool of this name
  public RunbookPrompts(BiPredicate<Caller, String> has) {
    this.has = has;
  }

  @Override
  public List<Prompt> list(Caller caller) {
    return ALL.stream().filter(runbook -> useful(runbook, caller)).map(Runbook::prompt).toList();
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
    return runbook.needs().stream().allMatch(tool -> has.test(caller, tool));
  }

  private PromptAnswer filled(Runbook runbook, Caller caller, Map<String, String> arguments) {
    return wrong(runbook, arguments)
        .<PromptAnswer>map(PromptAnswer.BadArguments::new)
        .orElseGet(() ->
            new PromptAnswer.Messages(
                runbook.prompt().description(),
                List.of(runbook.text(arguments, tool -> has.test(caller, tool)))));
  }

  private static Optional<String> wrong(Runbook runbook, Map<String, String> arguments) {
    for (String name : arguments.keySet()) {
      if (!runbook.arguments().containsKey(name)) {
        return Optional.of(
            "Unknown argument \""
                + Untrusted.line(name, 60)
                + "\"; this prompt takes "
                + String.join(
                    ", ", runbook.prompt().arguments().stream().map(PromptArgument::name).toList())
                + ".");
      }
    }
    for (PromptArgument argument : runbook.prompt().arguments()) {
      String value = arguments.get(argument.name());
      if (value == null && argument.required()) {
        return Optional.of("The argument \"" + argument.name() + "\" is required.");
      }
      Argument allowed = runbook.arguments().get(argument.name());
      if (value != null && (allowed == null || !allowed.fits(value))) {
        return Optional.of(
            "The argument \""
                + argument.name()
                + "\" has to be "
                + (allowed == null ? "absent" : allowed.allowed())
                + ".");
      }
    }
    return Optional.empty();
  }
}
