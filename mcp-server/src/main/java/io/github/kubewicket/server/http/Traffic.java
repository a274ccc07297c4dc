package io.github.kubewicket.server.http;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers by status.
final class Traffic {
  private final ConcurrentSkipListMap<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();

  /// Notes an answer.
  void answered(int status) {
    byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /// The counts as Prometheus reads them.
  void write(StringBuilder page) {
    page.append("# HELP kubewicket_http_requests_total Requests answered, by status.\n")
        .append("# TYPE kubewicket_http_requests_total counter\n");
    byStatus.forEach((status, count) ->
        page.append("kubewicket_http_requests_total{status=\"")
            .append(status)
            .append("\"} ")
            .append(count.sum())
            .append('\n'));
  }
}
