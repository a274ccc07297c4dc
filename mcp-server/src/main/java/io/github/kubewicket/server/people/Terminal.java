package io.github.kubewicket.server.people;

import java.io.Console;
import java.util.Optional;

/// A person at a terminal. A pipe is not one.
public final class Terminal {
  private final Console console;

  private Terminal(Console console) {
    this.console = console;
  }

  /// The terminal that this process runs on, if it runs on one.
  public static Optional<Terminal> find() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).map(Terminal::new);
  }

  /// Prints text that is fit to be printed.
  public void print(String text) {
    console.writer().print(text);
    console.writer().flush();
  }

  /// Asks for one line; empty at the end of input.
  public String ask(String prompt) {
    return Optional.ofNullable(console.readLine("%s", prompt)).orElse("");
  }

  /// Asks for a passphrase without echo; empty at the end of input.
  public char[] askSecret(String prompt) {
    return Optional.ofNullable(console.readPassword("%s", prompt)).orElse(new char[0]);
  }
}
