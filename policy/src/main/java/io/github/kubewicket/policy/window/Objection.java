package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that windows hold against an act now.
///
/// @param names the windows, at least one
/// @param ceiling what may happen all the same
/// @param code why, as a code
/// @param what why, as a sentence without its end
/// @param zone the zone in which people think of it
record Objection(List<String> names, Tier ceiling, Reason code, String what, ZoneId zone) {
  private static final int MOST_NAMES = 5;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);

  /// What weighs most of all that windows hold against an act; of equals, the first in the file.
  static Optional<Objection> strictest(List<WindowState> states) {
    List<Objection> objections = new ArrayList<>();
    for (WindowState state : states) {
      if (state.closes()) {
        objections.add(inside(state));
      }
    }
    List<WindowState> opening =
        states.stream().filter(it -> it.window().mode() == Window.Mode.ALLOW).toList();
    if (!opening.isEmpty() && opening.stream().noneMatch(WindowState::opens)) {
      objections.add(outside(opening));
    }
    return objections.stream().min(Comparator.comparing(Objection::ceiling));
  }

  /// Whether it leaves nothing to be done.
  boolean refuses() {
    return ceiling == Tier.NEVER;
  }

  /// A closing window that is in force, or of which it cannot be told.
  private static Objection inside(WindowState state) {
    Window window = state.window();
    // What is known to be closed is closed, whatever else could not be read.
    Optional<Position.Unclear> unclear = state.unclear().filter(_ -> !state.isInside());
    return new Objection(
        List.of(window.name()),
        window.ceiling(),
        code(unclear),
        unclear
            .map(it -> "The window " + window.name() + " counts as closed: " + plain(it.why()))
            .orElseGet(() -> "The window " + window.name() + " is closed" + because(window)),
        state.zone());
  }

  /// Opening windows, none of which is known to be in force.
  private static Objection outside(List<WindowState> states) {
    List<String> names = states.stream().map(it -> it.window().name()).toList();
    Optional<Position.Unclear> unclear =
        states.stream().flatMap(it -> it.unclear().stream()).findFirst();
    WindowState first = states.getFirst();
    String windows = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    String what =
        names.size() == 1
            ? "It is outside of the window " + windows + because(first.window())
            : "It is outside of all the windows " + windows;
    return new Objection(
        names,
        states.stream().map(it -> it.window().ceiling()).min(Tier::compareTo).orElse(Tier.NEVER),
        code(unclear),
        what + unclear.map(it -> "; " + plain(it.why())).orElse(""),
        first.zone());
  }

  /// The sentence for people, with the moment at which acts are let through again.
  String message(Optional<Instant> opens) {
    String until =
        opens
            .map(at -> "; open again " + LOCAL.format(at.atZone(zone)) + " " + zone.getId())
            .orElse("");
    return what + until + ".";
  }

  private static Reason code(Optional<Position.Unclear> unclear) {
    return unclear.filter(Position.Unclear::isCalendar).isPresent()
        ? Reason.CALENDAR_UNAVAILABLE
        : Reason.WINDOW_CLOSED;
  }

  private static String because(Window window) {
    return window.reason().map(it -> " (" + plain(it) + ")").orElse("");
  }

  private static String plain(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
