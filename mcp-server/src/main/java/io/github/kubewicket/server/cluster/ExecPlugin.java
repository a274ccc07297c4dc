package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs a kubeconfig's credential plugin (`client.authentication.k8s.io`) within a time limit. What
/// it prints on stderr is thrown away, and what it prints on stdout is a credential.
///
/// @param limit how long a plugin may run
record ExecPlugin(Duration limit) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_OUTPUT = 1 << 20;

  /// What a plugin answered.
  record Credential(
      Optional<String> token,
      Optional<byte[]> certificate,
      Optional<byte[]> key,
      Optional<Instant> expires) {
    static final Credential NONE =
        new Credential(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Never the credential.
    @Override
    public String toString() {
      return "Credential[]";
    }
  }

  /// Runs the plugin that the `exec` section of a user describes.
  ///
  /// @throws ClusterException when it is missing, fails, hangs or answers nonsense
  Credential run(JsonNode exec, Path folder) {
    String command = exec.path("command").asString("");
    String name = String.valueOf(Path.of(command.isBlank() ? "?" : command).getFileName());
    Process process = start(exec, command, name, folder);
    try {
      CompletableFuture<byte[]> output = new CompletableFuture<>();
      Thread.startVirtualThread(() -> {
        try (var stdout = process.getInputStream()) {
          output.complete(stdout.readNBytes(MAX_OUTPUT));
        } catch (IOException e) {
          output.completeExceptionally(e);
        }
      });
      byte[] printed = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw failed(
            "The credential plugin \"" + name + "\" of the kubeconfig failed.",
            "Run `kubectl get --raw /version` once in a terminal, and log in as it asks.");
      }
      return parse(printed, name);
    } catch (TimeoutException e) {
      throw failed(
          "The credential plugin \""
              + name
              + "\" did not answer within "
              + limit.toSeconds()
              + " s.",
          "It may wait for a login: run `kubectl get --raw /version` once in a terminal.");
    } catch (ExecutionException e) {
      throw failed("The credential plugin \"" + name + "\" cannot be read.", "Log in again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(JsonNode exec, String command, String name, Path folder) {
    List<String> line = new ArrayList<>();
    // As client-go: a command with a slash is relative to the kubeconfig, any other is on the PATH.
    line.add(command.contains("/") ? folder.resolve(command).toString() : command);
    exec.path("args").forEach(argument -> line.add(argument.asString("")));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    for (JsonNode variable : exec.path("env")) {
      builder
          .environment()
          .put(variable.path("name").asString("?"), variable.path("value").asString(""));
    }
    builder
        .environment()
        .put(
            "KUBERNETES_EXEC_INFO",
            "{\"apiVersion\":\""
                + exec.path("apiVersion").asString("client.authentication.k8s.io/v1")
                + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
    try {
      return builder.start();
    } catch (IOException e) {
      throw failed(
          "The credential plugin \"" + name + "\" that the kubeconfig names cannot be started.",
          "Install it, or put it on the PATH of the process that runs Kubewicket.");
    }
  }

  private static Credential parse(byte[] printed, String name) {
    try {
      JsonNode status = JSON.readTree(printed).path("status");
      Credential credential =
          new Credential(
              text(status, "token"),
              text(status, "clientCertificateData").map(ExecPlugin::utf8),
              text(status, "clientKeyData").map(ExecPlugin::utf8),
              text(status, "expirationTimestamp").map(Instant::parse));
      if (credential.token.isPresent() || credential.certificate.isPresent()) {
        return credential;
      }
    } catch (JacksonException | DateTimeParseException e) {
      // Falls through; the message may hold what the plugin printed.
    }
    throw failed(
        "The credential plugin \"" + name + "\" answered no credential.",
        "Run `kubectl get --raw /version` once in a terminal, and log in as it asks.");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> text(JsonNode json, String field) {
    String value = json.path(field).asString("");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static ClusterException failed(String message, String hint) {
    return new ClusterException(Reason.CLUSTER_UNAVAILABLE, message, hint);
  }
}
