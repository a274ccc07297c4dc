package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads a container's log line by line. However long a line or a log is, it holds one line's first
/// 4 KiB, which is also all that is looked at.
final class LogStream {
  private static final int MAX_LINE = 4 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Api api;

  LogStream(Api api) {
    this.api = api;
  }

  /// Hands over the lines, oldest first, until `take` answers false.
  ///
  /// @return whether the log was longer than the query's `maxBytes`
  boolean read(LogQuery query, KindInfo pods, Predicate<LogLine> take) {
    String path =
        ApiPaths.query(
            ApiPaths.object(
                    pods,
                    Optional.of(Names.checked("a namespace", query.namespace())),
                    Names.checked("a pod", query.pod()))
                + "/log",
            "container",
            query.container(),
            "previous",
            query.previous() ? "true" : "",
            "timestamps",
            "true",
            "tailLines",
            String.valueOf(query.tail()),
            "limitBytes",
            String.valueOf(query.maxBytes()),
            "sinceTime",
            query
                .since()
                .map(since -> since.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(""));
    ApiRequest request =
        new ApiRequest("GET", path, "*/*", Optional.empty(), new byte[0], PATIENCE);
    try (InputStream body = api.open(request)) {
      return new Lines(body, take, query.maxBytes()).read();
    } catch (IOException e) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR, "The log broke off while it was read.", "Call again.");
    }
  }

  /// Splits a stream into lines.
  private static final class Lines {
    private final InputStream body;
    private final Predicate<LogLine> take;
    private final long maxBytes;
    private final LineMask mask = new LineMask();
    private final byte[] line = new byte[MAX_LINE];
    private int length;
    private int hidden;

    Lines(InputStream body, Predicate<LogLine> take, long maxBytes) {
      this.body = body;
      this.take = take;
      this.maxBytes = maxBytes;
    }

    boolean read() throws IOException {
      byte[] buffer = new byte[16 << 10];
      long total = 0;
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        total += count;
        int from = 0;
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            append(buffer, from, i);
            from = i + 1;
            if (!flush()) {
              return false;
            }
          }
        }
        append(buffer, from, count);
        if (total >= maxBytes) {
          return true;
        }
      }
      if (length > 0) {
        flush();
      }
      return false;
    }

    private void append(byte[] buffer, int from, int to) {
      int room = Math.min(to - from, MAX_LINE - length);
      System.arraycopy(buffer, from, line, length, room);
      length += room;
      hidden += to - from - room;
    }

    private boolean flush() {
      String text = new String(line, 0, length, StandardCharsets.UTF_8);
      int left = hidden;
      length = 0;
      hidden = 0;
      int space = text.indexOf(' ');
      boolean stamped =
          space > 18 && space < 40 && Character.isDigit(text.charAt(0)) && text.charAt(10) == 'T';
      String time = stamped ? text.substring(0, space) : "";
      return take.test(
          new LogLine(time, mask.line(stamped ? text.substring(space + 1) : text), left));
    }
  }
}
