package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One `subscriptions/listen` (2026-07-28): what a client wants to be told, told on one stream
/// until it ends. The request's id is the subscription's.
public final class Listening implements AutoCloseable {
  /// Resources that one stream may watch.
  private static final int MAX_WATCHED = 20;

  private final RequestId id;
  private final Outbox way;
  private final Modern modern;
  private final List<AutoCloseable> watches = new ArrayList<>();
  private volatile boolean acknowledged;
  private boolean closed;

  private Listening(RequestId id, Outbox way, Modern modern) {
    this.id = id;
    this.way = way;
    this.modern = modern;
  }

  /// Begins to listen: acknowledges first, with what is granted of what was asked.
  ///
  /// @throws ExecutionException when there is nothing to listen to
  public static Listening begin(Message.Request request, Caller caller, Outbox way, Modern modern)
      throws InterruptedException, ExecutionException {
    Surface surface = modern.dispatcher().ready();
    Listening listening = new Listening(request.id(), way, modern);
    JsonNode wanted = request.params().path("notifications");
    ObjectNode granted = JsonNodeFactory.instance.objectNode();
    Set<Listing> lists = EnumSet.noneOf(Listing.class);
    for (Listing listing : Listing.values()) {
      if (wanted.path(listing.filter()).asBoolean(false)) {
        lists.add(listing);
        granted.put(listing.filter(), true);
      }
    }
    List<String> uris = new ArrayList<>();
    for (JsonNode uri : wanted.path("resourceSubscriptions")) {
      if (uri.isString() && uris.size() < MAX_WATCHED) {
        listening.watch(surface, caller, uri.stringValue()).ifPresent(uris::add);
      }
    }
    if (!uris.isEmpty()) {
      ArrayNode list = granted.putArray("resourceSubscriptions");
      uris.forEach(list::add);
    }
    ObjectNode acknowledged = JsonNodeFactory.instance.objectNode();
    acknowledged.set("notifications", granted);
    listening.tell("notifications/subscriptions/acknowledged", acknowledged);
    listening.acknowledged = true;
    if (!lists.isEmpty()) {
      listening.keep(
          surface.watch(
              caller,
              listing -> {
                if (lists.contains(listing)) {
                  listening.tell(listing.changed(), JsonNodeFactory.instance.objectNode());
                }
              }));
    }
    return listening;
  }

  /// The frame that ends the stream in good order.
  public ObjectNode end() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("_meta").set(Meta.SUBSCRIPTION, id.json());
    return Frames.result(id, modern.decorated(new Answer.Result(body)).body());
  }

  @Override
  public void close() {
    List<AutoCloseable> ended;
    synchronized (watches) {
      closed = true;
      ended = List.copyOf(watches);
      watches.clear();
    }
    ended.forEach(Watches::end);
  }

  private Optional<String> watch(Surface surface, Caller caller, String uri) {
    Optional<AutoCloseable> watch =
        surface.subscribe(
            caller,
            uri,
            () -> {
              // The acknowledgement comes first, whatever happens meanwhile.
              if (acknowledged) {
                tell(
                    "notifications/resources/updated",
                    JsonNodeFactory.instance.objectNode().put("uri", uri));
              }
            });
    watch.ifPresent(this::keep);
    return watch.map(kept -> uri);
  }

  private void keep(AutoCloseable watch) {
    boolean late;
    synchronized (watches) {
      late = closed;
      if (!late) {
        watches.add(watch);
      }
    }
    if (late) {
      Watches.end(watch);
    }
  }

  private void tell(String method, ObjectNode params) {
    ObjectNode meta = params.putObject("_meta");
    meta.set(Meta.SUBSCRIPTION, id.json());
    way.send(Frames.notification(method, params));
  }
}
