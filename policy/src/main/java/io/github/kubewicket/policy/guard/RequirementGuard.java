package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.condition.Answer;
import io.github.kubewicket.policy.rules.Requirement;
import java.util.List;

/// Every requirement of the rule has to be true of what the server itself sees, and to have been so
/// for as long as the rule wants. The first that is not is the reason.
final class RequirementGuard implements Guard {
  private static final int LONGEST = 160;

  @Override
  public String name() {
    return "requirements";
  }

  @Override
  public Finding look(Case it) {
    List<Requirement> all = it.rule().terms().require();
    for (Requirement one : all) {
      switch (it.conditions().evaluate(one.expression(), it.inputs())) {
        case Answer.True() -> {}
        case Answer.False() -> {
          return no(
              it, one, one.code(), one.message().orElse("It is not so that " + shown(one) + "."));
        }
        case Answer.Unknown(String why) -> {
          return no(
              it,
              one,
              Reason.PRECONDITION_UNKNOWN,
              "It is not known whether " + shown(one) + " (" + why + "), which counts as no.");
        }
      }
    }
    for (Requirement one : all) {
      if (one.sustainedFor().compareTo(it.attempt().observed()) > 0) {
        return no(
            it,
            one,
            Reason.PRECONDITION_NOT_SUSTAINED,
            "It has to be so for "
                + one.sustainedFor().toSeconds()
                + " s and was seen for "
                + it.attempt().observed().toSeconds()
                + " s: "
                + shown(one)
                + ".");
      }
    }
    return new Finding.Passed(
        all.isEmpty() ? "the rule requires nothing" : all.size() + " requirements are true");
  }

  private static Finding no(Case it, Requirement one, Reason code, String message) {
    return new Finding.Refused(
        Denial.of(code, message, "Look at the target again, or hand over to a person.")
            .byRule(it.rule().name() + " line " + one.line()));
  }

  private static String shown(Requirement one) {
    String text = one.expression().replaceAll("\\s+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
