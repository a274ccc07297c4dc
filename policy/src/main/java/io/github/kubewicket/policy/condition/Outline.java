package io.github.kubewicket.policy.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stands in an expression: the variables that it speaks about, and the parts that need a
/// closer look before and while it is evaluated.
final class Outline extends CelExprVisitor {
  private static final Set<String> COMPARE = Set.of("_==_", "_!=_", "@in");
  private static final Set<String> SEARCH = Set.of("matches", "contains");

  private final Set<Variable> variables = EnumSet.noneOf(Variable.class);
  private final List<CelExpr> hiding = new ArrayList<>();
  private final List<Literal> literals = new ArrayList<>();
  private final Set<Long> built = new HashSet<>();
  private final Set<Long> searched = new HashSet<>();

  private Outline() {}

  /// A text that is written in the expression, as the only argument of a function.
  ///
  /// @param function such as `quantity` or `matches`
  /// @param text the text
  /// @param id the text's id in the expression
  record Literal(String function, String text, long id) {}

  /// What stands in this expression.
  static Outline of(CelExpr expression) {
    Outline outline = new Outline();
    outline.visit(expression);
    return outline;
  }

  /// The variables that it names, whether or not their value can matter.
  Set<Variable> variables() {
    return variables;
  }

  /// A comprehension whose own variable has the name of one of ours, which it would hide.
  Optional<CelExpr> hiding() {
    return hiding.stream().findFirst();
  }

  /// The literal arguments.
  List<Literal> literals() {
    return List.copyOf(literals);
  }

  /// Whether the value of this part is built by the expression, or compared as a whole.
  boolean isBuilt(long id) {
    return built.contains(id);
  }

  /// Whether the value of this part is a text that is searched, or what is searched for.
  boolean isSearched(long id) {
    return searched.contains(id);
  }

  @Override
  protected void visit(CelExpr expression, CelExpr.CelIdent identifier) {
    String name = identifier.name();
    Variable.named(name.startsWith(".") ? name.substring(1) : name).ifPresent(variables::add);
  }

  @Override
  protected void visit(CelExpr expression, CelExpr.CelCall call) {
    if (COMPARE.contains(call.function())) {
      add(call.args(), built);
    } else if (SEARCH.contains(call.function())) {
      call.target().ifPresent(target -> searched.add(target.id()));
      add(call.args(), searched);
    } else if (call.function().equals("_+_") && !isRound(call)) {
      built.add(expression.id());
    }
    if (call.args().size() == 1) {
      literal(call.function(), call.args().getFirst());
    }
    super.visit(expression, call);
  }

  @Override
  protected void visit(CelExpr expression, CelExpr.CelList list) {
    built.add(expression.id());
    super.visit(expression, list);
  }

  @Override
  protected void visit(CelExpr expression, CelExpr.CelMap map) {
    built.add(expression.id());
    super.visit(expression, map);
  }

  @Override
  protected void visit(CelExpr expression, CelExpr.CelComprehension comprehension) {
    built.add(expression.id());
    if (Variable.named(comprehension.iterVar()).isPresent()) {
      hiding.add(expression);
    }
    super.visit(expression, comprehension);
  }

  /// Whether it adds what one round of a comprehension found to all before it. What a round adds is
  /// measured by itself; measuring all before it again would cost its square.
  private static boolean isRound(CelExpr.CelCall call) {
    CelExpr first = call.args().getFirst();
    return first.getKind() == CelExpr.ExprKind.Kind.IDENT && first.ident().name().startsWith("@");
  }

  private void literal(String function, CelExpr argument) {
    if (argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      literals.add(new Literal(function, argument.constant().stringValue(), argument.id()));
    }
  }

  private static void add(Collection<CelExpr> parts, Set<Long> ids) {
    parts.forEach(part -> ids.add(part.id()));
  }
}
