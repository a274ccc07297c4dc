package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.settings.Guardrails;
import io.github.kubewicket.policy.window.Times;
import io.github.kubewicket.policy.window.Window;
import io.github.kubewicket.policy.window.Window.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What in the guardrails of a valid policy is probably not meant, or should be seen by whoever
/// reads the policy.
///
/// @param warnings where it goes
record GuardrailAdvice(Problems warnings) {
  /// Adds what there is to say.
  void on(PolicyReader.Draft draft) {
    Guardrails guardrails = draft.policy().guardrails();
    Optional<Field> unsafe = draft.file().getUnlessEmpty("unsafeAllow");
    if (!guardrails.unsafeAllow().isEmpty()) {
      warn(
          unsafe,
          "This takes kinds out of what nobody may change; two people have to approve each such"
              + " change. Remove it as soon as it is not needed.");
    }
    if (guardrails.nonProduction().matches(Map.of())) {
      warn(
          draft.file().get("environments"),
          "A namespace without labels does not count as production here; name the labels that make"
              + " a namespace safe, such as env in (dev, test).");
    }
    if (!Coverage.covers(guardrails.scope().neverNamespaces(), "kube-system")) {
      warn(
          draft.file().get("scope"),
          "Rules may reach kube-system, because neverNamespaces does not name it; add \"kube-*\".");
    }
    List<Field> fields =
        draft.file().get("windows").flatMap(it -> it.items("windows")).orElse(List.of());
    List<Window> windows = guardrails.windows();
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i).mode() == Mode.ALLOW) {
        allow(windows.get(i), windows, fields.get(i));
      }
    }
  }

  private void allow(Window window, List<Window> all, Field field) {
    if (window.times().stream().allMatch(GuardrailAdvice::isNoDate)) {
      warn(
          Optional.of(field),
          "This window never opens, because no month has such a day; nothing that it concerns is"
              + " ever allowed.");
    }
    all.stream()
        .filter(it -> it.mode() == Mode.DENY && isInside(window, it))
        .findFirst()
        .ifPresent(deny ->
            warn(
                Optional.of(field),
                "This window never opens, because the window \""
                    + deny.name()
                    + "\" is closed all that time."));
  }

  private static boolean isNoDate(Times times) {
    return times instanceof Times.Cron cron && CronDates.isNever(cron.schedule());
  }

  /// Whether a closed window surely concerns all that an open one does, all the time.
  private static boolean isInside(Window open, Window closed) {
    return (closed.namespaces().isEmpty()
            || (!open.namespaces().isEmpty()
                && open.namespaces().stream()
                    .allMatch(it -> Coverage.covers(closed.namespaces(), it))))
        && (closed.kinds().isEmpty()
            || (!open.kinds().isEmpty() && closed.kinds().containsAll(open.kinds())))
        && (closed.tools().isEmpty()
            || (!open.tools().isEmpty() && closed.tools().containsAll(open.tools())))
        && open.times().stream()
            .allMatch(time -> closed.times().stream().anyMatch(it -> isWithin(time, it)));
  }

  private static boolean isWithin(Times open, Times closed) {
    return open.equals(closed)
        || (open instanceof Times.Dates inner
            && closed instanceof Times.Dates outer
            && !inner.from().isBefore(outer.from())
            && !inner.until().isAfter(outer.until()))
        || (closed instanceof Times.Weekly always
            && always.days().size() == 7
            && always.from().equals(always.to()));
  }

  private void warn(Optional<Field> field, String message) {
    field.ifPresent(at -> warnings.add(at.value().at(), at.path(), message));
  }
}
