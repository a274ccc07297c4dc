package io.github.kubewicket.server.e2e;

import io.github.kubewicket.server.testing.NodeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The Inspector's command line: one process, one connection and one request at a time.
final class Inspector {
  private static final String PROGRAM =
      "@modelcontextprotocol/inspector/clients/launcher/build/index.js";

  private final List<String> target;
  private final Map<String, String> environment;
  private final Path folder;

  /// @param target a command line, or options that lead to a URL
  /// @param folder its home
  Inspector(List<String> target, Map<String, String> environment, Path folder) {
    this.target = List.copyOf(target);
    this.environment = environment;
    this.folder = folder;
  }

  /// Sends one request; the answer as the Inspector prints it.
  JsonNode ask(String method, String... options) {
    List<String> command = new ArrayList<>(NodeTools.theirs(PROGRAM, "--cli"));
    command.addAll(List.of("--quiet", "--format", "json", "--method", method));
    command.addAll(List.of(options));
    command.addAll(target);
    ProcessBuilder inspector = new ProcessBuilder(command);
    inspector.environment().putAll(environment);
    inspector.environment().put("HOME", folder.toString());
    try {
      Path err = folder.resolve("inspector.txt");
      Process process = inspector.redirectError(err.toFile()).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      if (out.isBlank()) {
        throw new AssertionError(
            "the Inspector says nothing to " + method + ": " + Files.readString(err));
      }
      return KubeApi.JSON.readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Calls a tool.
  Reply call(String tool, Map<String, ?> arguments) {
    JsonNode answer =
        ask(
            "tools/call",
            "--tool-name",
            tool,
            "--tool-args-json",
            KubeApi.JSON.writeValueAsString(arguments));
    return new Reply(answer.toString(), answer);
  }
}
