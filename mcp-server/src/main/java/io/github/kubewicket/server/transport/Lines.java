package io.github.kubewicket.server.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads lines of bounded length. It holds one buffer and one line at a time, however long the
/// input's lines are.
final class Lines {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int bound;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  /// Lines of at most `bound` bytes, their newline not counted.
  Lines(InputStream in, int bound) {
    this.in = in;
    this.bound = bound;
  }

  /// The next line, or nothing at the end of input. What stands between the last newline and the
  /// end is a line too.
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = newline();
      if (line.size() + (end - position) > bound) {
        tooLong = true;
        line = new ByteArrayOutputStream(0);
      } else if (!tooLong) {
        line.write(buffer, position, end - position);
      }
      position = end;
      if (end < limit) {
        position++;
        return Optional.of(tooLong ? Line.tooLong() : decoded(line));
      }
    }
    return any ? Optional.of(tooLong ? Line.tooLong() : decoded(line)) : Optional.empty();
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, BUFFER));
    return limit > 0;
  }

  private int newline() {
    int at = position;
    while (at < limit && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private static Line decoded(ByteArrayOutputStream line) {
    try {
      // A decoder reports what `new String` would silently replace.
      return Line.text(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Line.notUtf8();
    }
  }
}
