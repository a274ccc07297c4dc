package io.github.kubewicket.demo.tour;

import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/// The person on call, played by the tour: Kubewicket's commands for people want a terminal, so
/// they get a pseudo-terminal from util-linux' `script`, and the passphrase is typed into it.
final class Person {
  private static final String PASSPHRASE = "only for this tour, then gone";

  private final Launcher launcher;

  Person(Launcher launcher) {
    this.launcher = launcher;
  }

  /// Something that the person types.
  ///
  /// @param prompt what has to stand on the terminal before
  /// @param line what is typed
  record Typed(String prompt, String line) {
    /// The passphrase.
    static Typed passphrase(String prompt) {
      return new Typed(prompt, PASSPHRASE);
    }
  }

  /// Runs `kubewicket` with these arguments on a terminal, and types these lines in this order.
  Finished runs(List<String> arguments, List<Typed> lines) {
    String line =
        launcher.words(arguments).stream().map(Person::quoted).collect(Collectors.joining(" "));
    // -q no banner, -e the command's own exit status, -f as it comes, -c the command.
    Finished finished =
        Command.run(
            launcher,
            launcher.state(),
            List.of("script", "-qefc", line, "/dev/null"),
            typing(new ArrayDeque<>(lines)));
    Surprise.unless(
        !finished.text().contains(PASSPHRASE), "A passphrase is never echoed", finished.text());
    return finished;
  }

  private static Command.Listener typing(Deque<Typed> lines) {
    int[] answered = {0};
    return (seen, process) -> {
      Typed next = lines.peek();
      if (next != null && seen.indexOf(next.prompt(), answered[0]) >= 0) {
        lines.remove();
        answered[0] = seen.length();
        Writer keyboard = process.outputWriter();
        keyboard.write(next.line() + "\n");
        keyboard.flush();
      }
    };
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
