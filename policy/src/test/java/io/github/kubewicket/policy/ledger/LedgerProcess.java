package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Another process on the same ledger. It does what its standard input says, one word per line, and
/// answers each with one line.
public final class LedgerProcess {
  private final SqliteLedger ledger;
  private final String name;

  private LedgerProcess(Path state, String name) {
    this.name = name;
    this.ledger =
        new SqliteLedger(
            new StateDirectory(state),
            InstantSource.system(),
            new SecureRandom(),
            CheckpointSink.none());
  }

  /// Starts one, with `prefix` before the command line, such as a shell that sets limits.
  static Process start(Path state, String name, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerProcess.class.getName(),
            state.toString(),
            name));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static String ask(Process process, String word) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(word).append('\n').flush();
    return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
  }

  public static void main(String[] arguments) throws IOException {
    LedgerProcess self = new LedgerProcess(Path.of(arguments[0]), arguments[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String word = in.readLine(); word != null; word = in.readLine()) {
      System.out.println(self.answer(word));
    }
    self.ledger.close();
  }

  private String answer(String word) {
    try {
      return switch (word) {
        case "race" -> race();
        case "append" -> "entry " + append(denial(name + "-one"));
        case "fill" -> fill();
        case "hold" -> hold();
        default -> "what?";
      };
    } catch (LedgerException e) {
      return e.getMessage();
    }
  }

  /// Twenty entries and twenty requests, each of which only one process may use.
  private String race() {
    int won = 0;
    for (int i = 0; i < 20; i++) {
      append(denial(name + "-" + i));
      String request = "ar_" + i;
      String change = name + "-" + i;
      won +=
          ledger.write(transaction -> {
            if (!transaction.ofRequest(request).isEmpty()) {
              return 0;
            }
            transaction.append(EntryType.APPROVED, LedgerFixture.request(request));
            transaction.append(EntryType.INTENT, intent(change, request));
            return 1;
          });
    }
    return "won " + won;
  }

  /// Appends large entries until the ledger refuses, for at most 60 MB.
  private String fill() {
    for (int i = 0; i < 1_000; i++) {
      append(denial("x".repeat(60_000)));
    }
    return "never full";
  }

  /// Holds the write lock until the process is killed.
  private String hold() {
    return ledger.write(transaction -> {
      transaction.append(EntryType.DENIED, denial(name));
      System.out.println("holding");
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    });
  }

  private long append(ObjectNode body) {
    return ledger.write(transaction -> transaction.append(EntryType.DENIED, body)).seq();
  }
}
