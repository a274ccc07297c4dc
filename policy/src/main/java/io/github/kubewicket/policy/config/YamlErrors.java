package io.github.kubewicket.policy.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// The YAML parser's complaints in plain words. They are recognised by the texts of
/// snakeyaml-engine 3.1; one that is not recognised is passed on.
final class YamlErrors {
  static final String TOO_DEEP = "nested too deeply";
  static final String TOO_MANY = "too many values";

  private static final String NO_COLON = "could not find expected ':'";

  private YamlErrors() {}

  /// One sentence: what is wrong and what to do.
  static String say(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "" : e.getProblem();
    String context = e.getContext() == null ? "" : e.getContext();
    if (problem.contains("(TAB)")) {
      return "A tab character stands here; YAML takes only spaces for indentation.";
    }
    if (context.contains("alias") || context.contains("anchor")) {
      return "A * or & without quotes means something else in YAML; put the text in quotes, such"
          + " as \"*\".";
    }
    if (problem.equals(TOO_DEEP)) {
      return "The file is nested more than 10 levels deep; nothing in tools.yaml is.";
    }
    if (problem.equals(TOO_MANY)) {
      return "The file has more than 50000 values; a policy is far smaller.";
    }
    if (problem.contains("mapping values are not allowed here")) {
      return "A \": \" stands where none may be; mend the indentation, or put text that contains"
          + " \": \" in quotes.";
    }
    if (problem.contains("sequence entries are not allowed here")) {
      return "A \"- \" stands where none may be; put each entry of a list on a line of its own.";
    }
    if (problem.contains(NO_COLON)) {
      return "There is no \":\" behind this key; write key: value.";
    }
    if (context.contains("quoted scalar") && problem.contains("unexpected")) {
      return "The quote that opens" + line(e) + " is never closed.";
    }
    if (problem.contains("escape")) {
      return "A backslash in double quotes starts an escape that YAML does not know; use single"
          + " quotes.";
    }
    if (problem.contains("expected ',' or ']'")) {
      return "The list that opens with [" + line(e) + " is not closed with ] before this place.";
    }
    if (problem.contains("expected ',' or '}'")) {
      return "The keys that open with {" + line(e) + " are not closed with } before this place.";
    }
    if (problem.contains("expected <block end>")) {
      return "The indentation does not fit the block that starts"
          + line(e)
          + "; align this line with it.";
    }
    if (problem.contains("cannot start any token")) {
      return "A value cannot start with this character; put the text in quotes.";
    }
    return "The file is not YAML here: " + Quoted.of(problem) + "; mend or quote the text.";
  }

  /// Where the mistake is, which is not always where the parser noticed it.
  static Optional<Mark> mark(MarkedYamlEngineException e) {
    return e.getProblem() != null && e.getProblem().contains(NO_COLON)
        ? e.getContextMark().or(e::getProblemMark)
        : e.getProblemMark().or(e::getContextMark);
  }

  private static String line(MarkedYamlEngineException e) {
    return e.getContextMark().map(Mark::getLine).map(line -> " at line " + (line + 1)).orElse("");
  }
}
