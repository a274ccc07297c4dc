package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Surface;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A [StdioServer] in this JVM.
final class RunningServer implements AutoCloseable {
  final FakeCalls calls = new FakeCalls();
  final Peer peer;
  final StdioServer server;
  private final FutureTask<Integer> status;
  private final OutputStream serverOut;

  private RunningServer(Future<Surface> given, Duration drain) throws IOException {
    BytePipe in = new BytePipe();
    BytePipe out = new BytePipe();
    serverOut = out.sink;
    server =
        new StdioServer(
            given == null ? CompletableFuture.completedFuture(Surfaces.of(calls)) : given,
            new Caller("stdio:test"),
            Surfaces.INFO,
            Surfaces.states(),
            in.source,
            serverOut,
            drain);
    peer = new Peer(in.sink, out.source);
    status = new FutureTask<>(server::run);
    Thread.ofPlatform().daemon().start(status);
  }

  static RunningServer start() throws IOException {
    return new RunningServer(null, Duration.ofSeconds(20));
  }

  static RunningServer startWithDrain(Duration drain) throws IOException {
    return new RunningServer(null, drain);
  }

  static RunningServer startWith(Future<Surface> surface) throws IOException {
    return new RunningServer(surface, Duration.ofSeconds(20));
  }

  /// The exit status, once the server has ended.
  int status() throws Exception {
    return status.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    peer.close();
    serverOut.close();
  }
}
