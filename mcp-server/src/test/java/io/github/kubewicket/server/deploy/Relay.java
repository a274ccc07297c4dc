package io.github.kubewicket.server.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Hands connections on to another address, as a Service does for pods, and as the node's address
/// does here for servers that listen on loopback only.
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final Supplier<InetSocketAddress> target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// @param target asked for each connection anew
  Relay(String host, int port, Supplier<InetSocketAddress> target) {
    this.target = target;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + host + ":" + port, e);
    }
    var _ = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket in = server.accept();
        open.add(in);
        var _ = Thread.ofVirtual().start(() -> connect(in));
      } catch (IOException e) {
        // Closed, or one connection that failed; the others go on.
      }
    }
  }

  private void connect(Socket in) {
    try (in;
        Socket out = new Socket()) {
      out.connect(target.get(), 3_000);
      open.add(out);
      Thread back = Thread.ofVirtual().start(() -> copy(out, in));
      copy(in, out);
      back.join();
      open.remove(out);
    } catch (IOException | IllegalStateException e) {
      // The caller sees its connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(in);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      try {
        to.close();
      } catch (IOException ignored) {
        // It is gone already.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
