package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.ClientSession;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.Greeting;
import io.github.kubewicket.server.transport.FakeCalls;
import io.github.kubewicket.server.transport.Surfaces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// A session and its stream.
class HttpSessionTest {
  private final HttpSession.Channel channel = new HttpSession.Channel();
  private final EventStream stream = new EventStream(Duration.ofSeconds(1));
  private final HttpSession session =
      new HttpSession(
          "id",
          new ClientSession(
              new Caller("token:ada"),
              Greeting.of(JsonNodeFactory.instance.objectNode(), Surfaces.INFO),
              new Dispatcher(CompletableFuture.completedFuture(Surfaces.of(new FakeCalls()))),
              channel),
          channel);

  @Test
  void aStreamThatComesAfterTheEndEnds() {
    session.end();

    session.attach(stream);

    assertThat(stream.send(JsonNodeFactory.instance.objectNode())).isFalse();
  }

  @Test
  void aStreamOfALivingSessionTakesMessagesUntilItEnds() {
    session.attach(stream);

    assertThat(stream.send(JsonNodeFactory.instance.objectNode())).isTrue();

    session.end();
    assertThat(stream.send(JsonNodeFactory.instance.objectNode())).isFalse();
  }
}
