package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Input that is no request: the session lives, memory stays bounded, and standard output stays
/// JSON-RPC. Needs no cluster.
class BadInputIT {
  private static final int LINE = 50 << 20;

  @TempDir private Path folder;

  @Test
  void survivesALineOfFiftyMegabytes() {
    byte[] noise = new byte[LINE];
    Arrays.fill(noise, (byte) 'x');
    noise[LINE - 1] = '\n';
    byte[] request = new byte[LINE];
    Arrays.fill(request, (byte) 'x');
    byte[] head =
        "{\"jsonrpc\":\"2.0\",\"id\":\"huge\",\"method\":\"tools/call\",\"params\":{\"name\":\"get_logs\",\"arguments\":{\"target\":\""
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"}}}\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(tail, 0, request, LINE - tail.length, tail.length);

    try (ServerProcess server = installation().serve()) {
      server.write(noise);
      server.write(request);
      Wait.until("both lines are answered", () -> server.unasked().size() == 2);

      assertThat(server.unasked())
          .allMatch(answer -> answer.path("error").path("code").asInt() < 0);
      assertThat(server.tools()).isNotEmpty();
      assertThat(server.peakKib()).isLessThan(300 << 10);
    }
  }

  @Test
  void survivesTwoThousandLinesOfGarbage() {
    Random random = new Random(7);

    try (ServerProcess server = installation().serve()) {
      for (int i = 0; i < 2_000; i++) {
        server.write(garbage(random));
      }
      int tools = server.tools().size();

      assertThat(tools).isEqualTo(7);
      assertThat(server.unasked()).isNotEmpty().allMatch(answer -> answer.has("error"));
      assertThat(server.endInput()).isZero();
    }
  }

  @Test
  void answersWhatItDoesNotKnow() {
    try (ServerProcess server = installation().serve()) {
      Reply unknown = server.request("tools/explode", java.util.Map.of());
      Reply noTool = server.call("delete_everything", java.util.Map.of());
      Reply noArguments = server.call("get_resource", java.util.Map.of("kind", 7));

      assertThat(unknown.message().path("error").path("code").asInt()).isEqualTo(-32601);
      assertThat(noTool.failed()).isTrue();
      assertThat(noArguments.code()).isEqualTo("BAD_ARGS");
    }
  }

  /// A line of bytes, or of JSON that is no request.
  private static byte[] garbage(Random random) {
    String[] json = {
      "[]", "{}", "null", "7", "{\"jsonrpc\":\"2.0\"}", "{\"jsonrpc\":\"1.0\",\"id\":{}}"
    };
    if (random.nextInt(4) == 0) {
      return (json[random.nextInt(json.length)] + "\n").getBytes(StandardCharsets.UTF_8);
    }
    byte[] line = new byte[1 + random.nextInt(200)];
    random.nextBytes(line);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    line[line.length - 1] = '\n';
    return line;
  }

  private Installation installation() {
    return new Installation(folder, folder.resolve("no-kubeconfig"));
  }
}
