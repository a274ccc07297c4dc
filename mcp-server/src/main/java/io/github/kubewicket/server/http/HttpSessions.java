package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.ClientSession;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.Greeting;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The sessions of the older era on this server, each its caller's own. They are in memory only: a
/// client whose session is another replica's, or was lost, gets 404 and begins anew.
final class HttpSessions {
  /// A session that nobody used for so long is ended.
  static final Duration IDLE = Duration.ofMinutes(30);

  private final Admission.Bounds bounds;
  private final Dispatcher dispatcher;
  private final RandomGenerator random;
  private final Map<String, HttpSession> byId = new ConcurrentHashMap<>();

  /// @param random of cryptographic strength: an id is not a credential, but nobody should guess it
  HttpSessions(Admission.Bounds bounds, Dispatcher dispatcher, RandomGenerator random) {
    this.bounds = bounds;
    this.dispatcher = dispatcher;
    this.random = random;
  }

  /// A new session. Where the caller has too many, its longest idle one ends: clients forget to end
  /// theirs.
  ///
  /// @return empty where there are too many all together
  Optional<HttpSession> begin(Caller caller, Greeting greeting) {
    synchronized (byId) {
      List<HttpSession> own =
          byId.values().stream()
              .filter(session -> session.client().caller().name().equals(caller.name()))
              .toList();
      if (own.size() >= bounds.each()) {
        own.stream()
            .max(Comparator.comparingLong(HttpSession::idleNanos))
            .map(HttpSession::id)
            .ifPresent(this::end);
      }
      if (byId.size() >= bounds.all()) {
        return Optional.empty();
      }
      HttpSession.Channel channel = new HttpSession.Channel();
      HttpSession session =
          new HttpSession(
              SessionIds.next(random),
              new ClientSession(caller, greeting, dispatcher, channel),
              channel);
      byId.put(session.id(), session);
      return Optional.of(session);
    }
  }

  /// The session with this id, if it is this caller's. Another's is as unknown as none.
  Optional<HttpSession> find(String id, Caller caller) {
    Optional<HttpSession> session =
        Optional.ofNullable(byId.get(id))
            .filter(found -> found.client().caller().name().equals(caller.name()));
    session.ifPresent(HttpSession::touch);
    return session;
  }

  /// Ends a session.
  void end(String id) {
    HttpSession session = byId.remove(id);
    if (session != null) {
      session.end();
    }
  }

  /// Ends the sessions that nobody has used for long.
  void sweep() {
    for (HttpSession session : byId.values()) {
      if (session.idleNanos() > IDLE.toNanos()) {
        end(session.id());
      }
    }
  }

  /// All of them.
  Collection<HttpSession> all() {
    return List.copyOf(byId.values());
  }
}
