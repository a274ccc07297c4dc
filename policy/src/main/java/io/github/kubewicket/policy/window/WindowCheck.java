package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.guard.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Whether the windows let an act through now. A closing window beats an opening one; where any
/// opening window concerns the act, now has to lie inside one of them; of several that speak
/// against it, the strictest decides. What cannot be told counts as closed.
///
/// It keeps parsed schedules and nothing else, and may be asked by many threads.
public final class WindowCheck implements Windows {
  private static final int MOST_UPCOMING = 100;
  private static final String HINT =
      "Wait until the window allows it, or hand over to the person on call; an approval does not"
          + " lift a window.";
  private static final String CALENDAR_HINT =
      "A person has to mend the calendar, or take it out of tools.yaml; until then it counts as"
          + " closed.";

  private final Almanac almanac;

  /// A check that reads calendars there.
  public WindowCheck(Calendars calendars) {
    this.almanac = new Almanac(calendars);
  }

  /// The windows of these that concern an act, in their order.
  ///
  /// @param workloadKind the kind of the workload that is acted on, such as `Deployment`
  /// @param tool such as `restart_workload`
  public static List<Window> concerning(
      List<Window> windows, String namespace, String workloadKind, String tool) {
    return windows.stream()
        .filter(it -> it.concerns(namespace, workloadKind))
        .filter(it -> it.tools().isEmpty() || it.tools().contains(tool))
        .toList();
  }

  /// What the windows say about an act now: passed; a ceiling, where a window leaves acts that a
  /// person approves; or refused, with the next moment within 400 days at which they do not refuse,
  /// where one is found.
  @Override
  public Finding look(
      List<Window> windows, Instant now, String namespace, String workloadKind, String tool) {
    List<Window> concerning = concerning(windows, namespace, workloadKind, tool);
    if (concerning.isEmpty()) {
      return new Finding.Passed("No window concerns it.");
    }
    WindowWalk walk = new WindowWalk(almanac, concerning, now);
    Optional<Objection> strictest = Objection.strictest(walk.states());
    if (strictest.isEmpty()) {
      return new Finding.Passed(passed(walk.states()));
    }
    Objection no = strictest.get();
    if (no.ceiling() != Tier.NEVER) {
      return new Finding.Ceiling(no.ceiling(), no.code(), no.message(Optional.empty()));
    }
    Optional<Instant> opens = Reopening.after(walk, now);
    return new Finding.Refused(
        new Denial(
            no.code(),
            no.message(opens),
            no.code() == Reason.CALENDAR_UNAVAILABLE ? CALENDAR_HINT : HINT,
            Optional.of("windows." + no.names().getFirst()),
            Optional.empty(),
            OptionalLong.empty(),
            opens,
            OptionalLong.empty()));
  }

  /// What these windows do now and within the next time, in order of time; at most 100 lines. Pass
  /// what [#concerning] finds to see them for one act.
  @Override
  public List<Upcoming> next(List<Window> windows, Instant now, Duration horizon) {
    WindowWalk walk = new WindowWalk(almanac, windows, now);
    List<WindowState> before = walk.states();
    List<Upcoming> lines = new ArrayList<>();
    for (WindowState state : before) {
      state
          .unclear()
          .ifPresent(
              it -> lines.add(line(state, Upcoming.What.UNCLEAR, now, Optional.of(it.why()))));
      if (state.isInside()) {
        lines.add(line(state, Upcoming.What.IN_FORCE, now, state.window().reason()));
      }
    }
    Instant end = now.plus(horizon);
    Optional<Instant> at = walk.nextChange().filter(end::isAfter);
    while (at.isPresent() && lines.size() < MOST_UPCOMING && walk.goTo(at.get())) {
      List<WindowState> after = walk.states();
      for (int i = 0; i < after.size(); i++) {
        WindowState state = after.get(i);
        if (state.isInside() != before.get(i).isInside()) {
          Upcoming.What what = state.isInside() ? Upcoming.What.BEGINS : Upcoming.What.ENDS;
          lines.add(line(state, what, at.get(), state.window().reason()));
        }
      }
      before = after;
      at = walk.nextChange().filter(end::isAfter);
    }
    return lines.stream().limit(MOST_UPCOMING).toList();
  }

  private static Upcoming line(
      WindowState state, Upcoming.What what, Instant at, Optional<String> reason) {
    return new Upcoming(
        state.window().name(), state.window().mode(), what, at, state.zone(), reason);
  }

  private static String passed(List<WindowState> states) {
    String inside =
        states.stream()
            .filter(WindowState::opens)
            .map(it -> it.window().name())
            .collect(Collectors.joining(", "));
    return inside.isEmpty()
        ? "No window is closed that concerns it."
        : "It is inside the window " + inside + ", and no other is closed.";
  }
}
