package io.github.kubewicket.server.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// [ServerMain] in a JVM of its own, started with the flags of `scripts/kubewicket`.
final class ServerProcess implements AutoCloseable {
  final Peer peer;
  final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.peer = new Peer(process.getOutputStream(), process.getInputStream());
  }

  static ServerProcess start(Path folder, String... extraFlags) throws IOException {
    return start(folder, command(extraFlags));
  }

  /// Starts it with an output that is closed after one line.
  static ServerProcess startForAReaderOfOneLine(Path folder) throws IOException {
    List<String> shell =
        new ArrayList<>(List.of("bash", "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "bash"));
    shell.addAll(command());
    return start(folder, shell);
  }

  private static ServerProcess start(Path folder, List<String> command) throws IOException {
    Path log = folder.resolve("stderr");
    return new ServerProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  private static List<String> command(String... extraFlags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr"));
    command.addAll(List.of(extraFlags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName(), "20"));
    return command;
  }

  /// Sends a signal by name.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// The exit status.
  int status() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end within 30 s");
    }
    return process.exitValue();
  }

  /// What it wrote to standard error.
  String log() throws IOException {
    return Files.readString(log);
  }

  /// The most memory it ever held, in KiB, as Linux counts it.
  long peakKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
