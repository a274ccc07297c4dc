package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// Something that a window does now or soon.
///
/// @param window its name
/// @param mode whether it closes or opens
/// @param what what happens
/// @param at when, or the moment of asking
/// @param zone the zone in which people think of it
/// @param reason why the window is there; for [What#UNCLEAR] what could not be told
public record Upcoming(
    String window, Window.Mode mode, What what, Instant at, ZoneId zone, Optional<String> reason) {
  /// What a window does.
  public enum What {
    /// It is in force at the moment of asking.
    IN_FORCE,
    /// It begins.
    BEGINS,
    /// It ends.
    ENDS,
    /// Whether it is in force cannot be told, which counts as closed.
    UNCLEAR
  }
}
