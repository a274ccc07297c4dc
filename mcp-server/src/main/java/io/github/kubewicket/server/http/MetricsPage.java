package io.github.kubewicket.server.http;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The metrics as Prometheus reads them (text format 0.0.4).
final class MetricsPage {
  private final Traffic traffic;
  private final Admission requests;
  private final Streams streams;
  private final IntSupplier sessions;
  private final Supplier<String> more;

  /// @param more what others measure, in the same format
  MetricsPage(
      Traffic traffic,
      Admission requests,
      Streams streams,
      IntSupplier sessions,
      Supplier<String> more) {
    this.traffic = traffic;
    this.requests = requests;
    this.streams = streams;
    this.sessions = sessions;
    this.more = more;
  }

  /// The page.
  String text() {
    StringBuilder page = new StringBuilder();
    traffic.write(page);
    gauge(page, "kubewicket_requests_in_flight", "MCP requests under way.", requests.count());
    gauge(page, "kubewicket_streams", "Streams of events that are open.", streams.count());
    gauge(page, "kubewicket_sessions", "Sessions of the older era.", sessions.getAsInt());
    gauge(
        page,
        "jvm_memory_used_bytes",
        "Heap in use.",
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    return page.append(more.get()).toString();
  }

  private static void gauge(StringBuilder page, String name, String help, long value) {
    page.append("# HELP ").append(name).append(' ').append(help).append('\n');
    page.append("# TYPE ").append(name).append(" gauge\n");
    page.append(name).append(' ').append(value).append('\n');
  }
}
