package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Calls that are counted and timed, by tool and by what they ended in. Names that are no tool's
/// are counted together, so that no caller can make the page grow.
public final class MeasuredCalls implements Calls {
  /// Upper bounds in seconds; the last bucket has none.
  private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

  private final Calls calls;
  private final Set<String> tools;
  private final ConcurrentSkipListMap<String, LongAdder> ended = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, Times> times = new ConcurrentSkipListMap<>();

  private static final class Times {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Times() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(long took) {
      nanos.add(took);
      int bucket = 0;
      while (bucket < BOUNDS.length && took > BOUNDS[bucket] * 1e9) {
        bucket++;
      }
      buckets[bucket].increment();
    }
  }

  /// Measures these calls of these tools.
  public MeasuredCalls(Calls calls, Set<String> tools) {
    this.calls = calls;
    this.tools = Set.copyOf(tools);
  }

  @Override
  public List<Tool> listed(Caller caller) {
    return calls.listed(caller);
  }

  @Override
  public Reply run(Request request) {
    long began = System.nanoTime();
    Reply reply = calls.run(request);
    String tool = tools.contains(request.tool()) ? request.tool() : "other";
    String outcome = reply.error() ? reply.structured().path("code").asString("ERROR") : "OK";
    ended
        .computeIfAbsent("tool=\"" + tool + "\",outcome=\"" + outcome + "\"", _ -> new LongAdder())
        .increment();
    times.computeIfAbsent(tool, _ -> new Times()).add(System.nanoTime() - began);
    return reply;
  }

  /// The measures as Prometheus reads them (text format 0.0.4).
  public String text() {
    StringBuilder page = new StringBuilder();
    page.append("# HELP kubewicket_tool_calls_total Tool calls, by what they ended in.\n")
        .append("# TYPE kubewicket_tool_calls_total counter\n");
    ended.forEach((labels, count) ->
        page.append("kubewicket_tool_calls_total{")
            .append(labels)
            .append("} ")
            .append(count.sum())
            .append('\n'));
    page.append("# HELP kubewicket_tool_call_seconds How long tool calls took.\n")
        .append("# TYPE kubewicket_tool_call_seconds histogram\n");
    times.forEach((tool, taken) -> write(page, tool, taken));
    return page.toString();
  }

  private static void write(StringBuilder page, String tool, Times taken) {
    long sum = 0;
    for (int i = 0; i < taken.buckets.length; i++) {
      sum += taken.buckets[i].sum();
      String bound = i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf";
      page.append(
          "kubewicket_tool_call_seconds_bucket{tool=\"%s\",le=\"%s\"} %d\n"
              .formatted(tool, bound, sum));
    }
    page.append(
        "kubewicket_tool_call_seconds_sum{tool=\"%s\"} %s\n"
            .formatted(tool, String.format(Locale.ROOT, "%.6f", taken.nanos.sum() / 1e9)));
    page.append("kubewicket_tool_call_seconds_count{tool=\"%s\"} %d\n".formatted(tool, sum));
  }
}
