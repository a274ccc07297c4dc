package io.github.kubewicket.server.protocol;

import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;

/// The revisions of MCP that are spoken here.
public final class Versions {
  /// The revision without sessions, where each request says all there is to know.
  public static final String MODERN = "2026-07-28";

  /// The revisions that begin with `initialize`, oldest first; the last is offered to a client that
  /// asks for one that is not here.
  static final List<String> LEGACY =
      List.of(
          ProtocolVersions.MCP_2024_11_05,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  /// All of them, newest first, but the one that has its own transport.
  static final List<String> SUPPORTED =
      List.of(
          MODERN,
          ProtocolVersions.MCP_2025_11_25,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_03_26);

  private Versions() {}

  /// Whether this is a revision that begins with `initialize`.
  public static boolean isLegacy(String version) {
    return LEGACY.contains(version);
  }
}
