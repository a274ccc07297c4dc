package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.condition.CelConditions;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.Problem;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.rehearsal.Played;
import io.github.kubewicket.server.rehearsal.Rehearsal;
import io.github.kubewicket.server.rehearsal.Suite;
import io.github.kubewicket.server.rehearsal.SuiteReader;
import io.github.kubewicket.server.tools.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plays the cases that stand beside a policy. Needs no cluster and no state.
///
/// `--json` prints one object: `{"file", "policy", "passed", "problems": [text], "cases": [{"name",
/// "line", "passed", "decision", "code", "message", "tier", "rule", "retryAfter", "differences":
/// [text]}]}`.
@Command(
    name = "test",
    description = {
      "Play the cases beside tools.yaml against its rules: offline, in seconds, with the real gate.",
      "Exit status: 0 where every case went as expected, 1 where one did not."
    },
    mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
  private static final int WIDEST = 2_000;

  @ParentCommand private @Nullable PolicyCommand policy;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Default: tools.test.yaml beside the tools.yaml that the server would read.")
  private @Nullable Path file;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Kubewicket parent = Parents.of(policy).kubewicket();
    Places places = parent.places();
    Path chosen =
        file == null ? FirstCases.beside(places.config().orElse(places.usualConfig())) : file;
    Catalogue catalogue = Tools.all(InstantSource.system());
    return switch (SuiteReader.read(chosen, catalogue.writeTools())) {
      case Suite.Read.Unreadable(var problems) -> unplayable(parent.out(), chosen, problems);
      case Suite.Read.Readable(Suite suite) ->
          switch (Wiring.loader(catalogue).load(suite.policy())) {
            case Loaded.Invalid(var problems) -> unplayable(parent.out(), chosen, problems);
            case Loaded.Valid(Policy loaded) ->
                play(parent.out(), chosen, suite, loaded, catalogue);
          };
    };
  }

  private int unplayable(PrintStream out, Path chosen, List<Problem> problems) {
    if (json) {
      ObjectNode answer = answer(chosen, false);
      ArrayNode list = answer.putArray("problems");
      problems.forEach(problem -> list.add(problem.toString()));
      answer.putArray("cases");
      out.println(answer);
    } else {
      problems.forEach(problem -> out.println(Untrusted.line(problem.toString(), WIDEST)));
    }
    return 1;
  }

  private int play(PrintStream out, Path chosen, Suite suite, Policy loaded, Catalogue catalogue)
      throws IOException {
    try (Scratch scratch = Scratch.make()) {
      Rehearsal rehearsal =
          new Rehearsal(catalogue, new CelConditions(), scratch.path(), new SecureRandom());
      ObjectNode answer = answer(chosen, true).put("policy", suite.policy().toString());
      answer.putArray("problems");
      ArrayNode cases = answer.putArray("cases");
      int failed = 0;
      for (var scenario : suite.scenarios()) {
        Played played = rehearsal.play(loaded, scenario);
        failed += played.passed() ? 0 : 1;
        cases.add(json(played));
        if (!json) {
          out.println(line(played));
        }
      }
      int all = suite.scenarios().size();
      if (json) {
        out.println(answer.put("passed", failed == 0 && all > 0));
      } else {
        out.println(
            all == 0
                ? "There are no cases in " + Untrusted.line(chosen.toString(), WIDEST) + "."
                : all + " cases, " + failed + " failed.");
      }
      return failed == 0 && all > 0 ? 0 : 1;
    }
  }

  private static String line(Played played) {
    if (played.passed()) {
      return "ok      " + Untrusted.line(played.scenario().name(), WIDEST);
    }
    String said =
        played
            .seen()
            .map(Played.Seen::message)
            .filter(message -> !message.isEmpty())
            .map(message -> " (" + message + ")")
            .orElse("");
    return Untrusted.line(
        "FAILED  line "
            + played.scenario().line()
            + ": "
            + played.scenario().name()
            + ": "
            + String.join("; ", played.differences())
            + said,
        WIDEST);
  }

  private static ObjectNode json(Played played) {
    ObjectNode one =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", played.scenario().name())
            .put("line", played.scenario().line())
            .put("passed", played.passed());
    played
        .seen()
        .ifPresent(seen ->
            one.put("decision", seen.decision())
                .put("code", seen.code())
                .put("message", seen.message())
                .put("tier", seen.tier())
                .put("rule", seen.rule())
                .put("retryAfter", seen.retryAfter()));
    ArrayNode differences = one.putArray("differences");
    played.differences().forEach(differences::add);
    return one;
  }

  private static ObjectNode answer(Path chosen, boolean passed) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file", chosen.toString())
        .put("passed", passed);
  }
}
