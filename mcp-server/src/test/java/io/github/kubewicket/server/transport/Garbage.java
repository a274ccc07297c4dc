package io.github.kubewicket.server.transport;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Lines that no client sends: noise, halves of messages, and messages with a byte changed.
final class Garbage {
  private static final String[] SEEDS = {
    Peer.call("1", "fast", "{\"a\":[1,2,{\"b\":null}]}"),
    Peer.cancel("\"x\""),
    Peer.INITIALIZE,
    Peer.INITIALIZED,
    "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
    "[[[[[[[[",
    "\"\\ud800\"",
    "NaN"
  };

  private Garbage() {}

  /// One line with its newline, and none within.
  static byte[] line(Random random) {
    byte[] line =
        switch (random.nextInt(3)) {
          case 0 -> noise(random);
          case 1 -> half(random);
          default -> changed(random);
        };
    for (int i = 0; i < line.length - 1; i++) {
      line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
    }
    line[line.length - 1] = '\n';
    return line;
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] half(Random random) {
    String seed = SEEDS[random.nextInt(SEEDS.length)];
    return (seed.substring(0, random.nextInt(seed.length())) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] changed(Random random) {
    byte[] bytes = (SEEDS[random.nextInt(SEEDS.length)] + "\n").getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }
}
