package io.github.kubewicket.server.e2e;

import io.github.kubewicket.server.testing.NodeTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The client of the TypeScript SDK in a process of its own, one request after the other.
final class TypeScriptClient implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  /// Connects.
  ///
  /// @param way `stdio` with a command, or `http` or `sse` with a URL
  TypeScriptClient(Map<String, ?> way, Map<String, String> environment) {
    ProcessBuilder command =
        new ProcessBuilder(NodeTools.ours("client.mjs", KubeApi.JSON.writeValueAsString(way)));
    command.environment().putAll(environment);
    try {
      process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /// What the SDK hands to a program, or `{"thrown": …}`.
  JsonNode does(String action, Map<String, ?> params) {
    try {
      process
          .outputWriter(StandardCharsets.UTF_8)
          .append(KubeApi.JSON.writeValueAsString(Map.of("action", action, "params", params)))
          .append('\n')
          .flush();
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("the client ended at " + action);
      }
      return KubeApi.JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode does(String action) {
    return does(action, Map.of());
  }

  /// Calls a tool.
  Reply call(String tool, Map<String, ?> arguments) {
    JsonNode answer = callWithProgress(tool, arguments);
    return new Reply(answer.toString(), answer);
  }

  /// Calls a tool; `progress` has what was told meanwhile.
  JsonNode callWithProgress(String tool, Map<String, ?> arguments) {
    return does("call", Map.of("params", Map.of("name", tool, "arguments", arguments)));
  }

  /// Calls a tool, and gives up at the first sign of progress.
  JsonNode callAndCancel(String tool, Map<String, ?> arguments) {
    return does(
        "call", Map.of("params", Map.of("name", tool, "arguments", arguments), "cancel", true));
  }

  @Override
  public void close() {
    try {
      process.outputWriter(StandardCharsets.UTF_8).close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
