package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.ClientSession;
import io.github.kubewicket.server.protocol.Outbox;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A session of the older era on this server: what was agreed, and the stream on which it hears
/// what belongs to no request.
final class HttpSession {
  private final String id;
  private final ClientSession session;
  private final Channel channel;
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile long usedAt;
  private volatile boolean ended;

  /// The stream of a session, while there is one.
  static final class Channel implements Outbox {
    private final AtomicReference<@Nullable EventStream> stream = new AtomicReference<>();

    @Override
    public boolean send(ObjectNode message) {
      EventStream now = stream.get();
      return now != null && now.send(message);
    }
  }

  HttpSession(String id, ClientSession session, Channel channel) {
    this.id = id;
    this.session = session;
    this.channel = channel;
    touch();
  }

  String id() {
    return id;
  }

  ClientSession client() {
    return session;
  }

  /// Notes that the session is in use.
  void touch() {
    usedAt = System.nanoTime();
  }

  /// How long nobody has used it, in nanoseconds; none while it has a stream.
  long idleNanos() {
    return channel.stream.get() != null ? 0 : System.nanoTime() - usedAt;
  }

  /// Makes this the session's stream, unless it has one.
  boolean attach(EventStream stream) {
    if (!channel.stream.compareAndSet(null, stream)) {
      return false;
    }
    if (ended) {
      // It ended meanwhile, and may not have seen this stream.
      stream.end();
    } else if (watching.compareAndSet(false, true)) {
      session.watchLists();
    }
    return true;
  }

  /// Takes the session's stream away.
  void detach(EventStream stream) {
    channel.stream.compareAndSet(stream, null);
    touch();
  }

  /// Ends the session with all that belongs to it.
  void end() {
    ended = true;
    session.close();
    EventStream stream = channel.stream.get();
    if (stream != null) {
      stream.end();
    }
  }

  /// Ends only its stream, because the server is stopping.
  void endStream() {
    EventStream stream = channel.stream.get();
    if (stream != null) {
      stream.end();
    }
  }
}
