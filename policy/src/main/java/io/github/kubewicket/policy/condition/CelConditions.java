package io.github.kubewicket.policy.condition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Conditions in the Common Expression Language, the language of Kubernetes' admission policies.
///
/// CEL is loaded at the first expression, not before: it takes most of a second. Expressions are
/// compiled once; the 500 that were used last are kept. Safe for use by several threads.
///
/// Only a boolean true is [Answer.True]. A missing key, an error, a result of another type, more
/// work than one evaluation may cost, and a variable that could not be seen are all
/// [Answer.Unknown].
public final class CelConditions implements Conditions {
  private static final int KEPT = 500;

  private final Map<String, Compilation> compiled = new LeastRecentlyUsed();

  /// Knows no expression yet, and loads nothing.
  public CelConditions() {}

  @Override
  public Optional<String> fault(String expression) {
    return switch (compilation(expression)) {
      case Compilation.Usable _ -> Optional.empty();
      case Compilation.Faulty(String sentence) -> Optional.of(sentence);
    };
  }

  @Override
  public Answer evaluate(String expression, Inputs inputs) {
    try {
      return switch (compilation(expression)) {
        case Compilation.Usable(Condition condition) -> condition.answer(inputs);
        case Compilation.Faulty(String sentence) -> new Answer.Unknown(Clauses.clean(sentence));
      };
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return new Answer.Unknown("it could not be evaluated: " + e.getClass().getSimpleName());
    }
  }

  /// How many expressions are kept.
  int kept() {
    synchronized (compiled) {
      return compiled.size();
    }
  }

  private Compilation compilation(String expression) {
    synchronized (compiled) {
      Compilation known = compiled.get(expression);
      if (known != null) {
        return known;
      }
    }
    Compilation read = read(expression);
    synchronized (compiled) {
      compiled.put(expression, read);
    }
    return read;
  }

  private static Compilation read(String expression) {
    try {
      return Reader.read(expression);
    } catch (StackOverflowError _) {
      return new Compilation.Faulty("The condition is nested too deeply; split it.");
    } catch (RuntimeException | LinkageError e) {
      return new Compilation.Faulty(
          "The condition cannot be read: " + e.getClass().getSimpleName() + ".");
    }
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<String, Compilation> {
    private LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Compilation> eldest) {
      return size() > KEPT;
    }
  }
}
