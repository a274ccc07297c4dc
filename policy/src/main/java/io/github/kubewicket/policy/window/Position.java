package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.util.Optional;

/// Where a moment stands to one of a window's times.
sealed interface Position {
  /// It lies inside, until then; another stretch may follow without a break.
  record Inside(Instant until) implements Position {}

  /// It lies outside, until then; empty where it does for as long as is looked.
  record Outside(Optional<Instant> until) implements Position {}

  /// It cannot be told.
  ///
  /// @param why one sentence for people
  /// @param isCalendar whether a calendar is to blame
  record Unclear(String why, boolean isCalendar) implements Position {}
}
