package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.protocol.ListWatch;
import io.github.kubewicket.server.protocol.OfferedSurface;
import io.github.kubewicket.server.protocol.RequestState;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Surface;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/// Surfaces of tools alone, and what a server says of itself.
public final class Surfaces {
  public static final ServerInfo INFO =
      new ServerInfo("kubewicket", "0.1.0", "Look before you ask.", OfferedSurface.capabilities());

  private Surfaces() {}

  /// A surface of these tools and nothing besides; lists are looked at ten times a second.
  public static Surface of(Calls calls) {
    return new OfferedSurface(
        calls,
        NoOffers.INSTANCE,
        new ListWatch(
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory()),
            Duration.ofMillis(100)));
  }

  public static RequestState states() {
    return new RequestState(new byte[32], InstantSource.system());
  }
}
