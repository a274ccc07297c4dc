package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The `subscriptions/listen` requests of a conversation; each lasts until it is cancelled or the
/// conversation ends.
final class Listens {
  private static final int MAX = 10;

  private final Outbox wire;
  private final Modern modern;

  /// Null while a request is beginning to listen.
  private final Map<RequestId, @Nullable Listening> open = new HashMap<>();

  private boolean closed;

  Listens(Outbox wire, Modern modern) {
    this.wire = wire;
    this.modern = modern;
  }

  /// Begins to listen, without keeping whoever reads texts waiting for the tools.
  void begin(Message.Request request, Caller caller) {
    synchronized (open) {
      if (open.containsKey(request.id()) || open.size() >= MAX || closed) {
        refuse(
            request,
            new Answer.Failure(
                400,
                Answer.INVALID_REQUEST,
                "Invalid Request: the id is in use, or " + MAX + " listen already."));
        return;
      }
      open.put(request.id(), null);
    }
    Thread unused = Thread.ofVirtual().start(() -> listen(request, caller));
  }

  /// Ends what was begun by the request with this id, without an answer: the client cancelled it.
  void end(RequestId id) {
    Listening listening;
    synchronized (open) {
      listening = open.remove(id);
    }
    if (listening != null) {
      listening.close();
    }
  }

  /// Ends all of them in good order.
  void close() {
    List<Listening> all;
    synchronized (open) {
      closed = true;
      all = open.values().stream().filter(Objects::nonNull).toList();
      open.clear();
    }
    for (Listening listening : all) {
      listening.close();
      boolean unused = wire.send(listening.end());
    }
  }

  private void listen(Message.Request request, Caller caller) {
    try {
      Listening listening = Listening.begin(request, caller, wire, modern);
      boolean wanted;
      synchronized (open) {
        wanted = open.containsKey(request.id());
        if (wanted) {
          open.put(request.id(), listening);
        }
      }
      if (!wanted) {
        listening.close();
      }
    } catch (InterruptedException | ExecutionException e) {
      end(request.id());
      refuse(
          request, Answer.internal("The server could not make its tools ready; its log says why."));
    }
  }

  private void refuse(Message.Request request, Answer.Failure failure) {
    boolean unused = wire.send(Frames.error(Optional.of(request.id()), failure));
  }
}
