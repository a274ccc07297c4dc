package io.github.kubewicket.demo.logs;

import java.time.Instant;

/// One line of a log.
///
/// @param time when it was printed
/// @param text without the line's end
record Line(Instant time, String text) {}
