package io.github.kubewicket.server.command;

import java.nio.file.Path;
import java.util.Optional;

/// The command line of a client that starts a server, read without picocli: its classes are of a
/// format too old for the JVM's cache, and loading and reflecting on them takes a third of the time
/// until `initialize` is answered.
///
/// @param config the value of `--config`
/// @param options what is served
record ServeLine(Optional<Path> config, Serving.Options options) {
  /// Reads `serve` and its options, each at most once, a value as an argument of its own.
  ///
  /// @return empty for any other line: picocli knows all spellings, and what to say about mistakes
  static Optional<ServeLine> read(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    Optional<Path> config = Optional.empty();
    Optional<Path> kubeconfig = Optional.empty();
    Optional<String> context = Optional.empty();
    boolean demo = false;
    for (int i = 1; i < arguments.length; i++) {
      String option = arguments[i];
      if (option.equals("--stdio")) {
        continue;
      }
      if (option.equals("--demo") && !demo) {
        demo = true;
        continue;
      }
      i++;
      if (i == arguments.length || !plain(arguments[i])) {
        return Optional.empty();
      }
      String value = arguments[i];
      if (option.equals("--config") && config.isEmpty()) {
        config = Optional.of(Path.of(value));
      } else if (option.equals("--kubeconfig") && kubeconfig.isEmpty()) {
        kubeconfig = Optional.of(Path.of(value));
      } else if (option.equals("--context") && context.isEmpty()) {
        context = Optional.of(value);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new ServeLine(config, new Serving.Options(kubeconfig, context, demo)));
  }

  /// Whether picocli would take it as it is: not an option, not quoted, not a file of arguments.
  private static boolean plain(String value) {
    return !value.isEmpty() && "-\"'@".indexOf(value.charAt(0)) < 0 && value.indexOf('\0') < 0;
  }
}
