package io.github.kubewicket.policy.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.runtime.CelEvaluationException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// CEL's own messages, as people who write `tools.yaml` can read them.
final class Faults {
  private static final Pattern PLACE = Pattern.compile("^evaluation error at [^ ]*: ?");
  private static final Pattern OPERATOR = Pattern.compile("'_([^'a-z_]+)_'");

  private Faults() {}

  /// What is wrong with an expression, by what the compiler says.
  static String sentence(CelIssue issue) {
    String message =
        until(until(issue.getMessage(), " expecting {"), " (candidates:")
            .replace(" (in container '')", "")
            .replace("google.protobuf.Timestamp", "timestamp")
            .replace("google.protobuf.Duration", "duration")
            .replace("kubewicket.", "")
            .replace("'<EOF>'", "end of the condition")
            .replace("'@in'", "'in'")
            .replace("Expression recursion limit exceeded. limit:", "it is nested deeper than");
    String clause = Clauses.clean(OPERATOR.matcher(message).replaceAll("'$1'"));
    return sentence(
        issue.getSourceLocation(),
        clause.startsWith("undeclared reference") ? clause + "; known are " + words() : clause);
  }

  /// What is wrong at a place.
  static String sentence(CelSourceLocation at, String clause) {
    String line = at.getLine() > 1 ? "line " + at.getLine() + ", " : "";
    return "The condition is wrong at "
        + line
        + "column "
        + (at.getColumn() + 1)
        + ": "
        + clause
        + ".";
  }

  /// Why an expression came to no value.
  static String clause(CelEvaluationException e) {
    String message = String.valueOf(e.getMessage());
    String clause = Clauses.clean(until(PLACE.matcher(message).replaceFirst(""), " Overload cand"));
    return clause.isEmpty() ? "it could not be evaluated" : clause;
  }

  private static String until(String text, String end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String words() {
    return Arrays.stream(Variable.values()).map(Variable::word).collect(Collectors.joining(", "));
  }
}
