package io.github.kubewicket.demo.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.kubewicket.demo.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;

/// The door: the token, the size of bodies, and the writing of replies.
public final class Front implements HttpHandler {
  /// The API server's own limit on bodies, 3 MiB.
  private static final int MAX_BODY = 3 * 1024 * 1024;

  private final byte[] expected;
  private final Function<Request, Reply> answers;

  /// Lets in whoever has the token.
  public Front(String token, Answers answers) {
    this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.answers = answers::answer;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(exchange, reply(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    if (!MessageDigest.isEqual(
        expected, header(headers, "Authorization").getBytes(StandardCharsets.UTF_8))) {
      return Reply.status(Status.unauthorized());
    }
    if (header(headers, "Upgrade").equalsIgnoreCase("websocket")) {
      return Reply.status(Status.unavailable("the demo has no WebSockets; use plain HTTP"));
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return Reply.status(Status.tooLarge());
    }
    try {
      return answers.apply(
          Request.of(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              header(headers, "Accept"),
              header(headers, "Content-Type"),
              header(headers, "User-Agent"),
              body));
    } catch (IllegalArgumentException e) {
      return Reply.status(Status.badRequest("the request cannot be read: " + e.getMessage()));
    } catch (RuntimeException e) {
      return Reply.status(Status.internal(e.getClass().getSimpleName() + " in the demo"));
    }
  }

  private static void write(HttpExchange exchange, Reply reply)
      throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Body body -> {
        exchange.getResponseHeaders().set("Content-Type", body.contentType());
        boolean empty = body.bytes().length == 0;
        exchange.sendResponseHeaders(body.code(), empty ? -1 : body.bytes().length);
        if (!empty) {
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.bytes());
          }
        }
      }
      case Reply.Stream stream -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          out.flush();
          stream.watch().run(out);
        }
      }
    }
  }

  private static String header(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }
}
