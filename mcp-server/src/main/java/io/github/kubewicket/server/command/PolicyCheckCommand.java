package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Checked;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Problem;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.cluster.Untrusted;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Says everything that is wrong with a policy file, and what is right but probably not meant.
///
/// `--json` prints one object: `{"file", "valid", "problems": [{"line", "column", "field",
/// "message"}], "warnings": [the same]}`.
@Command(
    name = "check",
    description = {
      "Say everything that is wrong with tools.yaml, with file, line and column.",
      "Exit status: 0 where it loads, 1 where it does not; with --strict also for warnings."
    },
    mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {
  private static final int WIDEST = 2_000;

  @ParentCommand private @Nullable PolicyCommand policy;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Default: the one that the server would read.")
  private @Nullable Path file;

  @Option(names = "--strict", description = "Warnings count as problems.")
  private boolean strict;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(policy).kubewicket();
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      Optional<Path> chosen = Optional.ofNullable(file).or(() -> wiring.places().config());
      if (chosen.isEmpty()) {
        System.err.println(
            "kubewicket: there is no tools.yaml to check; name one, or make one with `kubewicket init`.");
        return 1;
      }
      Checked checked = Wiring.loader(wiring.catalogue()).check(chosen.get());
      List<Problem> problems =
          switch (checked.loaded()) {
            case Loaded.Valid _ -> List.of();
            case Loaded.Invalid(var found) -> found;
          };
      if (json) {
        parent.out().println(json(chosen.get(), problems, checked.warnings()));
      } else {
        print(parent.out(), chosen.get(), problems, checked.warnings());
      }
      return problems.isEmpty() && (checked.warnings().isEmpty() || !strict) ? 0 : 1;
    }
  }

  private static void print(
      PrintStream out, Path file, List<Problem> problems, List<Problem> warnings) {
    problems.forEach(problem -> out.println(line(problem, "error")));
    warnings.forEach(warning -> out.println(line(warning, "warning")));
    if (problems.isEmpty() && warnings.isEmpty()) {
      out.println(Untrusted.line(file.toString(), WIDEST) + ": nothing is wrong with it.");
    }
  }

  /// As compilers print it, so that editors find the place.
  private static String line(Problem problem, String level) {
    return Untrusted.line(
        "%s:%d:%d: %s: %s%s"
            .formatted(
                problem.file(),
                problem.line(),
                problem.column(),
                level,
                problem.field().isEmpty() ? "" : problem.field() + ": ",
                problem.message()),
        WIDEST);
  }

  private static ObjectNode json(Path file, List<Problem> problems, List<Problem> warnings) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", file.toString())
            .put("valid", problems.isEmpty());
    list(answer.putArray("problems"), problems);
    list(answer.putArray("warnings"), warnings);
    return answer;
  }

  private static void list(ArrayNode into, List<Problem> problems) {
    for (Problem problem : problems) {
      into.addObject()
          .put("line", problem.line())
          .put("column", problem.column())
          .put("field", problem.field())
          .put("message", problem.message());
    }
  }
}
