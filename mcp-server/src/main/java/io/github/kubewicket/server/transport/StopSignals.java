package io.github.kubewicket.server.transport;

import java.util.List;
import sun.misc.Signal;

/// SIGTERM and SIGINT as a wish to stop in order. A shutdown hook would not do: hooks of libraries
/// run at the same time and close what the calls in flight still need, and the exit status would
/// tell of a crash.
@SuppressWarnings("sunapi")
public final class StopSignals {
  private StopSignals() {}

  /// Runs `stop` at each of these signals, in place of the JVM's own ending.
  public static void handle(Runnable stop) {
    for (String name : List.of("TERM", "INT")) {
      try {
        Signal.handle(new Signal(name), _ -> stop.run());
      } catch (IllegalArgumentException e) {
        // The JVM was told to leave signals alone (-Xrs); so they end it.
      }
    }
  }
}
