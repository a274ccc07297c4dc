package io.github.kubewicket.policy.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Locale;
import java.util.Optional;

/// Makes [Condition]s from text. The first use of this class loads CEL, which takes most of a
/// second.
final class Reader {
  private static final Reader SHARED = new Reader();

  private final CelCompiler compiler = Language.compiler();
  private final CelRuntime runtime = Language.runtime();

  private Reader() {}

  /// Reads an expression.
  static Compilation read(String expression) {
    if (expression.isBlank()) {
      return new Compilation.Faulty("The condition is empty; write a boolean expression in CEL.");
    }
    int length = expression.codePointCount(0, expression.length());
    if (length > Language.LONGEST) {
      return new Compilation.Faulty(
          "The condition has "
              + length
              + " characters, and at most "
              + Language.LONGEST
              + " are allowed; split it.");
    }
    return SHARED.compile(expression);
  }

  private Compilation compile(String expression) {
    CelValidationResult result = compiler.compile(expression);
    if (result.hasError()) {
      return new Compilation.Faulty(Faults.sentence(result.getErrors().getFirst()));
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      Outline outline = Outline.of(tree.getExpr());
      Optional<String> fault = fault(tree, outline);
      return fault.isPresent()
          ? new Compilation.Faulty(fault.get())
          : new Compilation.Usable(new Condition(runtime.createProgram(tree), outline));
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compilation.Faulty(
          "The condition cannot be read: " + Clauses.clean(String.valueOf(e.getMessage())) + ".");
    }
  }

  private static Optional<String> fault(CelAbstractSyntaxTree tree, Outline outline) {
    CelKind kind = tree.getResultType().kind();
    if (kind != CelKind.BOOL && kind != CelKind.DYN) {
      String type = tree.getResultType().name();
      return Optional.of(
          Faults.sentence(
              CelSourceLocation.of(1, 0),
              "its type is "
                  + type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)
                  + ", and it has to be a boolean; compare it with something"));
    }
    return outline
        .hiding()
        .map(it -> Faults.sentence(at(tree, it.id()), "its variable hides one of ours; rename it"))
        .or(() ->
            outline.literals().stream()
                .flatMap(literal ->
                    Literals.fault(literal)
                        .map(clause -> Faults.sentence(at(tree, literal.id()), clause))
                        .stream())
                .findFirst());
  }

  private static CelSourceLocation at(CelAbstractSyntaxTree tree, long id) {
    Integer offset = tree.getSource().getPositionsMap().get(id);
    return Optional.ofNullable(offset)
        .flatMap(tree.getSource()::getOffsetLocation)
        .orElse(CelSourceLocation.of(1, 0));
  }
}
