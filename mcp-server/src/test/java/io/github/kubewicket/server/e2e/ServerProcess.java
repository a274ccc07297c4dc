package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `kubewicket serve` in a process of its own, and an MCP client at its standard streams. When it
/// is closed, every line that the server ever wrote to standard output has to have been JSON-RPC.
final class ServerProcess implements AutoCloseable {
  private static final JsonMapper JSON = KubeApi.JSON;
  private static final int LONGEST_CALL_S = 150;

  private final Process process;
  private final Path stderr;
  private final Thread reader;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Reply>> open = new ConcurrentHashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();
  private final List<JsonNode> unasked = new CopyOnWriteArrayList<>();
  private final List<String> impure = new CopyOnWriteArrayList<>();

  private ServerProcess(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /// Starts it and says hello.
  static ServerProcess start(ProcessBuilder command, Path stderr) {
    try {
      ServerProcess server =
          new ServerProcess(command.redirectError(stderr.toFile()).start(), stderr);
      Reply hello =
          server.request(
              "initialize",
              Map.of(
                  "protocolVersion",
                  "2025-11-25",
                  "capabilities",
                  Map.of(),
                  "clientInfo",
                  Map.of("name", "test", "version", "1")));
      assertThat(hello.failed()).as("initialize").isFalse();
      server.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The names of the tools that the server lists.
  List<String> tools() {
    return request("tools/list", Map.of())
        .message()
        .path("result")
        .path("tools")
        .valueStream()
        .map(tool -> tool.path("name").asString(""))
        .toList();
  }

  /// Calls a tool and waits for the answer.
  Reply call(String tool, Map<String, ?> arguments) {
    return await(begin(tool, arguments));
  }

  /// Calls a tool.
  CompletableFuture<Reply> begin(String tool, Map<String, ?> arguments) {
    return send("tools/call", Map.of("name", tool, "arguments", arguments));
  }

  /// Calls a tool with a token for its progress, and waits for the answer.
  Reply callWithProgress(String tool, Map<String, ?> arguments, String token) {
    return request(
        "tools/call",
        Map.of("name", tool, "arguments", arguments, "_meta", Map.of("progressToken", token)));
  }

  Reply request(String method, Object params) {
    return await(send(method, params));
  }

  static Reply await(CompletableFuture<Reply> reply) {
    try {
      return reply.get(LONGEST_CALL_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<Reply> send(String method, Object params) {
    int id = ids.incrementAndGet();
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    open.put(id, reply);
    ObjectNode message =
        JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(params));
    write(message + "\n");
    return reply;
  }

  /// Writes anything at all to the server's standard input.
  void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  synchronized void write(byte[] bytes) {
    try {
      OutputStream out = process.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came without being asked for by id: notifications.
  List<JsonNode> notifications() {
    return notifications;
  }

  /// Answers to nothing that this client asked, such as errors about lines that were no requests.
  List<JsonNode> unasked() {
    return unasked;
  }

  /// Every line of standard output so far.
  List<String> lines() {
    return lines;
  }

  /// What it wrote to standard error so far.
  String stderr() {
    try {
      return Files.readString(stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The most memory it ever held, in KiB, as Linux counts it.
  long peakKib() {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends it at once, as `kill -9` does.
  void kill() {
    process.destroyForcibly();
    status();
  }

  /// Asks it to end, as `kill` does.
  void terminate() {
    // Process.destroy would also close its streams.
    assertThat(process.toHandle().destroy()).as("the signal is sent").isTrue();
  }

  /// Closes its standard input and waits for its end.
  ///
  /// @return the exit status
  int endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return status();
  }

  /// Waits for its end.
  int status() {
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the server ends").isTrue();
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
    assertThat(impure).as("lines on standard output that are not JSON-RPC").isEmpty();
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      // The process is gone; what it wrote until then has been read.
    }
    open.values()
        .forEach(reply -> reply.completeExceptionally(new IOException("the server ended")));
  }

  private void take(String line) {
    lines.add(line);
    try {
      JsonNode message = JSON.readTree(line);
      if (!message.path("jsonrpc").asString("").equals("2.0")) {
        impure.add(line);
      } else if (message.has("method")) {
        notifications.add(message);
      } else {
        CompletableFuture<Reply> reply = open.remove(message.path("id").asInt(-1));
        if (reply == null) {
          unasked.add(message);
        } else {
          reply.complete(new Reply(line, message));
        }
      }
    } catch (JacksonException e) {
      impure.add(line);
    }
  }
}
