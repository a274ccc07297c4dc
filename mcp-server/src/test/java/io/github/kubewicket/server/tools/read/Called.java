package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.Bound;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterView;
import tools.jackson.databind.json.JsonMapper;

/// Calls a tool as the call path does: JSON in, a reply within its budget out.
final class Called {
  static final int BUDGET = 8_192;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Called() {}

  static <A> Reply read(ReadTool<A> tool, ClusterView view, String arguments) {
    return read(tool, view, arguments, BUDGET);
  }

  static <A> Reply read(ReadTool<A> tool, ClusterView view, String arguments, int budget) {
    Bound<A> bound = tool.input().bind(JSON.readTree(arguments.replace('\'', '"')));
    if (!(bound instanceof Bound.Ready<A>(A ready))) {
      throw new AssertionError("not bound: " + bound);
    }
    Reply reply = tool.read(ready, view, budget);
    assertThat(Sizes.of(reply.text()) + Sizes.of(reply.structured()))
        .as("bytes of the answer to %s", arguments)
        .isLessThanOrEqualTo(budget);
    assertThat(reply.error()).isFalse();
    return reply;
  }
}
