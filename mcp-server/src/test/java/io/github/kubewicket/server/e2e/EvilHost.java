package io.github.kubewicket.server.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name that resolves to the attacker's address first and to this machine's afterwards. It has an
/// address of its own, with the victim's port: it serves its page, takes its report, and every
/// other connection goes to the victim, byte by byte, as if the name had been bound anew. Neither
/// the browser nor the victim sees a difference.
final class EvilHost implements AutoCloseable {
  /// The attacker's address.
  static final String ADDRESS = "127.0.0.2";

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)\r?$");

  private final ServerSocket listening;
  private final ServerSocket reports;
  private final int victim;
  private final byte[] page;
  private final CompletableFuture<String> report = new CompletableFuture<>();

  /// @param victim the port on this machine, and here
  EvilHost(int victim, byte[] page) throws IOException {
    this.victim = victim;
    this.page = page.clone();
    this.listening = new ServerSocket();
    listening.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), victim));
    // The browser would send a report on a connection that leads to the victim by now.
    this.reports = new ServerSocket(0, 50, InetAddress.getByName(ADDRESS));
    Thread unused = Thread.ofVirtual().start(() -> accept(listening));
    Thread alsoUnused = Thread.ofVirtual().start(() -> accept(reports));
  }

  /// Where the page reports to.
  int reportPort() {
    return reports.getLocalPort();
  }

  /// What the page told, once it is done.
  CompletableFuture<String> report() {
    return report;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    reports.close();
  }

  private void accept(ServerSocket at) {
    try {
      while (true) {
        Socket client = at.accept();
        Thread unused = Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      byte[] head = head(in);
      String text = new String(head, StandardCharsets.ISO_8859_1);
      if (text.startsWith("GET /page")) {
        answer(client.getOutputStream(), page);
      } else if (text.startsWith("POST /report")) {
        Matcher length = LENGTH.matcher(text);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        report.complete(new String(in.readNBytes(bytes), StandardCharsets.UTF_8));
        answer(client.getOutputStream(), new byte[0]);
      } else {
        relay(client, in, head);
      }
    } catch (IOException e) {
      // One side has gone; the browser opens another connection if it wants one.
    }
  }

  private void relay(Socket client, InputStream in, byte[] head) throws IOException {
    try (Socket there = new Socket("127.0.0.1", victim)) {
      there.getOutputStream().write(head);
      Thread up = Thread.ofVirtual().start(() -> copy(in, there));
      client.getOutputStream().flush();
      there.getInputStream().transferTo(client.getOutputStream());
      up.interrupt();
    }
  }

  private static void copy(InputStream in, Socket there) {
    try {
      in.transferTo(there.getOutputStream());
      there.shutdownOutput();
    } catch (IOException e) {
      // The answer is over, or the browser left.
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static void answer(OutputStream out, byte[] body) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }
}
