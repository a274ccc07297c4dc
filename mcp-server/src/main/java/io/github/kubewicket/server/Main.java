package io.github.kubewicket.server;

import io.github.kubewicket.server.command.Kubewicket;
import io.github.kubewicket.server.transport.StdioProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The entry point.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its status: 0 for done, 1 for a no, 2 for a misuse.
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // From here on only the command itself can reach standard output; a library that prints cannot.
    StdioProcess.claimStreams();
    System.exit(Kubewicket.run(args, out));
  }
}
