package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.RequestState;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Surface;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;

/// This process as a stdio server: its standard streams and its signals.
public final class StdioProcess {
  private StdioProcess() {}

  /// Takes standard input and output away from everybody else: what a library prints goes to
  /// standard error, and what it reads is empty. To be called before anything else in `main`.
  public static void claimStreams() {
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
  }

  /// Serves on standard input and output until the input ends, the client is gone, or SIGTERM or
  /// SIGINT arrives. Calls in flight are finished first, for at most `drain`; a second signal
  /// interrupts them.
  ///
  /// @return the exit status, as of [StdioServer#run()]
  public static int serve(
      Future<? extends Surface> surface,
      Caller caller,
      ServerInfo info,
      RequestState states,
      Duration drain)
      throws InterruptedException {
    claimStreams();
    StdioServer server =
        new StdioServer(
            surface,
            caller,
            info,
            states,
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            drain);
    StopSignals.handle(server::stop);
    return server.run();
  }
}
