package io.github.kubewicket.server.e2e;

import io.github.kubewicket.server.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Kubewicket as somebody installed it: a policy, a state directory and keys in one folder. Several
/// processes may run on it at a time.
final class Installation {
  private final Path folder;
  private final Path kubeconfig;
  private final Optional<String> database;
  private final AtomicInteger started = new AtomicInteger();

  /// An installation in this folder that talks to the cluster of this kubeconfig.
  Installation(Path folder, Path kubeconfig) {
    this(folder, kubeconfig, Optional.empty());
  }

  private Installation(Path folder, Path kubeconfig, Optional<String> database) {
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    this.database = database;
  }

  /// The same installation with its ledger in this database.
  ///
  /// @param url as `KUBEWICKET_STATE` takes it
  Installation on(String url) {
    return new Installation(folder, kubeconfig, Optional.of(url));
  }

  /// The same installation, seen from a process that reaches the cluster another way.
  Installation through(Path otherKubeconfig) {
    return new Installation(folder, otherKubeconfig, database);
  }

  /// Writes tools.yaml.
  Installation policy(String yaml) {
    try {
      Files.writeString(policyFile(), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path policyFile() {
    return folder.resolve("tools.yaml");
  }

  Path state() {
    return folder.resolve("state");
  }

  Path folder() {
    return folder;
  }

  /// Starts a server.
  ServerProcess serve() {
    return serve(Map.of());
  }

  /// Starts a server with more in its environment.
  ServerProcess serve(Map<String, String> environment) {
    ProcessBuilder command = new ProcessBuilder(command("serve", "--stdio"));
    command.environment().putAll(environment());
    command.environment().putAll(environment);
    return ServerProcess.start(
        command, folder.resolve("stderr-" + System.nanoTime() + "-" + started.incrementAndGet()));
  }

  /// What a command left behind.
  record Ran(int status, String out, String err) {}

  /// Runs a command as a program does: without a terminal.
  Ran run(String... arguments) {
    ProcessBuilder command = new ProcessBuilder(command(arguments));
    command.environment().putAll(environment());
    try {
      Path err = Files.createTempFile(folder, "err", ".txt");
      Process process = command.redirectError(err.toFile()).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ran(process.waitFor(), out, Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The environment of its processes.
  Map<String, String> environment() {
    return Map.of(
        "KUBECONFIG", kubeconfig.toString(),
        "KUBEWICKET_STATE", database.orElse(state().toString()),
        "XDG_STATE_HOME", folder.resolve("local").toString(),
        "KUBEWICKET_CALLER", "stdio:agent",
        "XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  /// The command line of the real program, with the flags of the launcher. The class path is that
  /// of the tests, which holds the program's jar.
  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    if (Files.exists(policyFile())) {
      command.addAll(List.of("--config", policyFile().toString()));
    }
    command.addAll(List.of(arguments));
    return command;
  }
}
