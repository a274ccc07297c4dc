package io.github.kubewicket.policy.condition;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import io.github.kubewicket.policy.context.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An expression that is right, ready to be evaluated by any number of threads.
///
/// @param program the expression
/// @param outline what stands in it
record Condition(CelRuntime.Program program, Outline outline) {
  /// Whether it is true of this. Every variable that it names has to be known, also where CEL would
  /// not look at it, as in `true || workload.ready > 0`.
  Answer answer(Inputs inputs) {
    Map<String, Object> values = new HashMap<>();
    for (Variable variable : outline.variables()) {
      switch (variable.in(inputs)) {
        case Known.Seen<Object>(Object value) -> values.put(variable.word(), value);
        case Known.Unknown<Object>(String why) -> {
          return new Answer.Unknown(Clauses.clean(name(variable, why)));
        }
      }
    }
    return evaluate(values);
  }

  private Answer evaluate(Map<String, Object> values) {
    Meter meter = new Meter(outline);
    try {
      Object result = program.trace(values, meter);
      return meter.isExceeded() ? tooMuch() : of(result);
    } catch (CelEvaluationException e) {
      return meter.isExceeded() ? tooMuch() : new Answer.Unknown(Faults.clause(e));
    }
  }

  /// What a result means: only a boolean means something.
  static Answer of(Object result) {
    return switch (result) {
      case Boolean truth -> truth ? new Answer.True() : new Answer.False();
      case CelUnknownSet _ -> new Answer.Unknown("a value that it needs is not known");
      default -> new Answer.Unknown("it is " + kind(result) + ", not a boolean");
    };
  }

  private static Answer tooMuch() {
    return new Answer.Unknown("it takes too much work");
  }

  private static String name(Variable variable, String why) {
    return why.startsWith(variable.word() + ":") ? why : variable.word() + ": " + why;
  }

  private static String kind(Object result) {
    return switch (result) {
      case String _ -> "a string";
      case Number _ -> "a number";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "a map";
      case Instant _ -> "a timestamp";
      case Duration _ -> "a duration";
      case NullValue _ -> "null";
      default -> "something else";
    };
  }
}
