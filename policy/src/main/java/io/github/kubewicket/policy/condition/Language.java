package io.github.kubewicket.policy.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;

/// CEL as conditions speak it: its standard functions and macros, our variables, and three
/// functions of our own.
///
/// - `quantity("512Mi")` is a double in base units: bytes, CPUs.
/// - `millis("250m")` is an int in thousandths of them, rounded up.
/// - `age(t)` is `now - timestamp(t)`, for a timestamp or an RFC 3339 text; negative where `t` lies
///   in the future.
final class Language {
  /// How long an expression may be, in code points.
  static final int LONGEST = 4_096;

  private static final CelOptions LIMITS =
      CelOptions.current()
          // CEL keeps the word "namespace" for later; it is one of our variables.
          .enableReservedIds(false)
          .maxExpressionCodePointSize(LONGEST)
          // Types can double with every level; at 32 the checker still takes less than a second.
          .maxParseRecursionDepth(32)
          .maxParseErrorRecoveryLimit(4)
          .maxParseExpressionNodeCount(1_000)
          .comprehensionMaxIterations(1_000)
          .maxRegexProgramSize(Literals.LARGEST_REGEX)
          .enableHeterogeneousNumericComparisons(true)
          .enableHiddenAccumulatorVar(true)
          .build();

  private Language() {}

  /// Checks expressions.
  static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(LIMITS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMacros(CelMacro.newGlobalMacro("age", 1, Language::age))
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    "quantity",
                    CelOverloadDecl.newGlobalOverload(
                        "quantity_string", SimpleType.DOUBLE, SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                    "millis",
                    CelOverloadDecl.newGlobalOverload(
                        "millis_string", SimpleType.INT, SimpleType.STRING)))
            .setTypeProvider(Shapes.all());
    for (Variable variable : Variable.values()) {
      builder = builder.addVar(variable.word(), Shapes.of(variable));
    }
    return builder.build();
  }

  /// Evaluates them.
  ///
  /// This is cel-java's older interpreter. Its planner copies a whole variable each time that an
  /// expression names it (90 µs for a pod of 500 fields, against 6 µs), and does so for what an
  /// expression builds itself, where the copy can be exponentially larger.
  static CelRuntime runtime() {
    return CelRuntimeFactory.legacyCelRuntimeBuilder()
        .setOptions(LIMITS)
        .addFunctionBindings(
            CelFunctionBinding.from("quantity_string", String.class, Quantity::units),
            CelFunctionBinding.from("millis_string", String.class, Quantity::millis))
        .build();
  }

  private static Optional<CelExpr> age(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    return Optional.of(
        factory.newGlobalCall(
            "_-_",
            factory.newIdentifier(Variable.NOW.word()),
            factory.newGlobalCall("timestamp", arguments.get(0))));
  }
}
