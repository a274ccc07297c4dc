package io.github.kubewicket.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `kubewicket serve --http` in a process of its own, on free ports of loopback.
final class HttpProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("MCP at http://127\\.0\\.0\\.1:(\\d+)/mcp");
  private static final Pattern PROBES = Pattern.compile("metrics at port (\\d+)");

  private final Process process;
  private final Path stderr;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final int probes;

  private HttpProcess(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
    this.port = said(PORT);
    this.probes = said(PROBES);
  }

  /// Starts it, and waits until it listens.
  ///
  /// @param more options of `serve`
  static HttpProcess start(Installation installation, String... more) {
    List<String> line =
        new ArrayList<>(
            installation.command("serve", "--http", "127.0.0.1:0", "--health", "127.0.0.1:0"));
    line.addAll(List.of(more));
    ProcessBuilder command = new ProcessBuilder(line);
    command.environment().putAll(installation.environment());
    try {
      Path stderr = Files.createTempFile(installation.folder(), "http", ".txt");
      return new HttpProcess(
          command
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(stderr.toFile())
              .start(),
          stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  int port() {
    return port;
  }

  int probesPort() {
    return probes;
  }

  /// The value of a measure, by its name with all its labels; 0 where it was never counted.
  long measure(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /// The page of all measures.
  String metrics() {
    URI page = URI.create("http://127.0.0.1:" + probes + "/metrics");
    try {
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What it wrote to standard error so far.
  String stderr() {
    try {
      return Files.readString(stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends it at once, as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }

  private int said(Pattern where) {
    Wait.until(
        "the server says where it listens",
        () -> !process.isAlive() || where.matcher(stderr()).find());
    Matcher found = where.matcher(stderr());
    if (!found.find()) {
      throw new AssertionError("the server ended: " + stderr());
    }
    return Integer.parseInt(found.group(1));
  }
}
