package io.github.kubewicket.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.eclipse.jetty.server.Request;

/// The body of a request, bounded in bytes and in time.
sealed interface Body {
  /// The longest body that is read; as long as the longest line on standard input.
  int MAX_BYTES = 1 << 20;

  /// How long a body may take. A client that drips bytes must not hold a thread for hours.
  Duration PATIENCE = Duration.ofSeconds(20);

  /// A text.
  record Text(String text) implements Body {}

  /// None that can be used.
  ///
  /// @param status what HTTP says to it
  record Unusable(int status, String message) implements Body {}

  /// Reads the body.
  ///
  /// @param mayHold whether so many bytes may be held
  static Body of(Request request, IntPredicate mayHold) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    byte[] bytes = new byte[(int) Math.clamp(request.getLength() + 1, 1_024, MAX_BYTES + 1)];
    if (!mayHold.test(bytes.length)) {
      return tooMuch();
    }
    int length = 0;
    try (InputStream in = Request.asInputStream(request)) {
      for (; ; ) {
        int read = in.read(bytes, length, bytes.length - length);
        if (read < 0) {
          return decoded(bytes, length);
        }
        length += read;
        if (length > MAX_BYTES) {
          discard(in, end);
          return tooLong();
        }
        if (System.nanoTime() - end > 0) {
          return new Unusable(408, "The body took longer than " + PATIENCE.toSeconds() + " s.");
        }
        if (length == bytes.length) {
          int longer = Math.min(MAX_BYTES + 1, 2 * length);
          if (!mayHold.test(longer)) {
            return tooMuch();
          }
          bytes = Arrays.copyOf(bytes, longer);
        }
      }
    }
  }

  /// Reads on for a while: a client that is still sending does not hear an answer.
  private static void discard(InputStream in, long end) throws IOException {
    byte[] unread = new byte[1 << 16];
    int left = 4 * MAX_BYTES;
    for (int read = 0; read >= 0 && left > 0 && System.nanoTime() - end < 0; left -= read) {
      read = in.read(unread);
    }
  }

  private static Body decoded(byte[] bytes, int length) {
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return new Unusable(400, "The body is not UTF-8.");
    }
  }

  private static Body tooMuch() {
    return new Unusable(429, "There are too many long bodies at a time; call again.");
  }

  private static Body tooLong() {
    return new Unusable(413, "The body is longer than " + MAX_BYTES + " bytes.");
  }
}
