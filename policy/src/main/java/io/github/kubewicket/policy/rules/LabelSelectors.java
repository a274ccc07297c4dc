package io.github.kubewicket.policy.rules;

import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads label selectors in kubectl's syntax: `app=web,tier in (a, b),env!=test,!legacy`. The
/// grammar is the one of k8s.io/apimachinery/pkg/labels; its numeric `<` and `>` are not taken.
public final class LabelSelectors {
  private static final int LONGEST = 4_096;
  private static final int MOST = 50;
  private static final int SHOWN = 63;

  private final String text;
  private int at;

  private LabelSelectors(String text) {
    this.text = text;
  }

  /// What came of reading a selector.
  public sealed interface Parsed {
    /// The text is right.
    record Selector(LabelSelector selector) implements Parsed {}

    /// The text is wrong.
    ///
    /// @param at the character where it goes wrong, from 1
    /// @param message what is wrong and what is allowed, without a full stop
    record Wrong(int at, String message) implements Parsed {}
  }

  private record Fault(int at, String message) {}

  /// Reads a selector of at most 4,096 characters and 50 requirements. Blank text is refused: it
  /// would match everything, and whoever means that leaves the selector out.
  public static Parsed parse(String text) {
    if (text.isBlank()) {
      return new Parsed.Wrong(1, "the selector is empty; leave it out to match every object");
    }
    if (text.length() > LONGEST) {
      return new Parsed.Wrong(LONGEST, "the selector is longer than 4096 characters");
    }
    LabelSelectors reader = new LabelSelectors(text);
    List<Requirement> requirements = new ArrayList<>();
    Optional<Fault> fault = reader.requirements(requirements);
    return fault.isPresent()
        ? new Parsed.Wrong(fault.get().at() + 1, fault.get().message())
        : new Parsed.Selector(new LabelSelector(requirements));
  }

  private Optional<Fault> requirements(List<Requirement> into) {
    while (true) {
      Optional<Fault> fault = requirement(into);
      if (fault.isPresent()) {
        return fault;
      }
      skipBlanks();
      if (atEnd()) {
        return Optional.empty();
      }
      if (!take(',')) {
        return fault("expected a comma before the next requirement" + found());
      }
      if (into.size() == MOST) {
        return fault("there are more than 50 requirements");
      }
    }
  }

  private Optional<Fault> requirement(List<Requirement> into) {
    skipBlanks();
    boolean absent = take('!');
    skipBlanks();
    int start = at;
    String key = word();
    if (key.isEmpty()) {
      return fault("expected a label key, such as app" + found());
    }
    Optional<Fault> fault =
        LabelSyntax.keyFault(key).map(why -> new Fault(start, shown(key) + " " + why));
    if (fault.isPresent()) {
      return fault;
    }
    skipBlanks();
    if (absent || atEnd() || peek() == ',') {
      into.add(absent ? new Requirement.Absent(key) : new Requirement.Exists(key));
      return Optional.empty();
    }
    return compared(key, into);
  }

  private Optional<Fault> compared(String key, List<Requirement> into) {
    int start = at;
    Set<String> values = new LinkedHashSet<>();
    if (take('!')) {
      if (!take('=')) {
        return fault("expected != after the key " + shown(key));
      }
      Optional<Fault> fault = value(values);
      into.add(new Requirement.NotIn(key, values));
      return fault;
    }
    if (take('=')) {
      at += !atEnd() && peek() == '=' ? 1 : 0;
      Optional<Fault> fault = value(values);
      into.add(new Requirement.In(key, values));
      return fault;
    }
    String operator = word();
    if (operator.equals("in") || operator.equals("notin")) {
      Optional<Fault> fault = set(values);
      into.add(
          operator.equals("in")
              ? new Requirement.In(key, values)
              : new Requirement.NotIn(key, values));
      return fault;
    }
    at = start;
    return fault("expected =, ==, !=, in, notin or a comma after the key " + shown(key) + found());
  }

  private Optional<Fault> set(Set<String> into) {
    skipBlanks();
    if (!take('(')) {
      return fault("expected ( before the values, such as in (a, b)" + found());
    }
    skipBlanks();
    if (!atEnd() && peek() == ')') {
      return fault("the set of values is empty");
    }
    while (true) {
      Optional<Fault> fault = value(into);
      if (fault.isPresent()) {
        return fault;
      }
      skipBlanks();
      if (take(')')) {
        return Optional.empty();
      }
      if (!take(',')) {
        return fault("expected a comma or ) in the set of values" + found());
      }
    }
  }

  private Optional<Fault> value(Set<String> into) {
    skipBlanks();
    int start = at;
    String value = word();
    into.add(value);
    return LabelSyntax.valueFault(value).map(why -> new Fault(start, shown(value) + " " + why));
  }

  private String word() {
    int start = at;
    while (!atEnd() && !isBlank(peek()) && "=!(),<>".indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(char wanted) {
    boolean found = !atEnd() && peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void skipBlanks() {
    while (!atEnd() && isBlank(peek())) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private char peek() {
    return text.charAt(at);
  }

  private String found() {
    if (atEnd()) {
      return ", but the selector ends here";
    }
    int start = at;
    String word = word();
    at = start;
    return ", but found " + shown(word.isEmpty() ? String.valueOf(peek()) : word);
  }

  private static String shown(String word) {
    return "\"" + (word.length() > SHOWN ? word.substring(0, SHOWN) + "…" : word) + "\"";
  }

  private Optional<Fault> fault(String message) {
    return Optional.of(new Fault(at, message));
  }
}
