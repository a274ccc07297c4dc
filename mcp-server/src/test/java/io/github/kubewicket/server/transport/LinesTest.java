package io.github.kubewicket.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  @Test
  void readsLinesUpToTheBoundAndSkipsTheRest() throws IOException {
    String input = "12345\n123456\n1234\n";

    List<Line> lines = read(bytes(input), 5);

    assertThat(lines).containsExactly(Line.text("12345"), Line.tooLong(), Line.text("1234"));
  }

  @Test
  void readsALastLineThatHasNoNewline() throws IOException {
    List<Line> lines = read(bytes("a\n\nb"), 5);

    assertThat(lines).containsExactly(Line.text("a"), Line.text(""), Line.text("b"));
  }

  @Test
  void tellsBytesThatAreNotUtf8FromText() throws IOException {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0xaf, '"', '\n', '"', (byte) 0xff, '"', '\n'};

    List<Line> lines = read(overlong, 100);

    assertThat(lines).containsExactly(Line.notUtf8(), Line.notUtf8());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000, 65_535, 65_536, 65_537})
  void readsTheSameWhateverTheSizeOfTheReads(int size) throws IOException {
    Random random = new Random(size);
    List<Line> expected = new ArrayList<>();
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String text = "ä€😀x".repeat(random.nextInt(8_000));
      input.append(text).append('\n');
      boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= 50_000;
      expected.add(fits ? Line.text(text) : Line.tooLong());
    }

    List<Line> lines = read(new Dripping(bytes(input.toString()), size), 50_000);

    assertThat(lines).isEqualTo(expected).contains(Line.tooLong());
  }

  private static List<Line> read(byte[] input, int bound) throws IOException {
    return read(new ByteArrayInputStream(input), bound);
  }

  private static List<Line> read(InputStream input, int bound) throws IOException {
    Lines lines = new Lines(input, bound);
    List<Line> all = new ArrayList<>();
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Gives at most so many bytes a read, as a pipe does.
  private static final class Dripping extends ByteArrayInputStream {
    private final int size;

    Dripping(byte[] bytes, int size) {
      super(bytes);
      this.size = size;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, size));
    }
  }
}
