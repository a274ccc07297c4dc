package io.github.kubewicket.server.protocol;

import java.util.List;

/// The levels of MCP's log messages, as RFC 5424 orders them.
final class LogLevel {
  private static final List<String> NAMES =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  /// Beyond every level: nothing is told.
  static final int SILENT = NAMES.size();

  private LogLevel() {}

  /// How severe a level is, the mildest first; -1 where there is no such level.
  static int of(String name) {
    return NAMES.indexOf(name);
  }
}
