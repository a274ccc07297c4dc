package io.github.kubewicket.server.transport;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Stands between standard input and the session: bad lines are answered here and hurt nothing, and
/// no request gets through that the session could leave hanging.
final class StdioGuard {
  private enum Phase {
    NEW,
    GREETED,
    READY
  }

  private final Lines lines;
  private final Wire wire;
  private final InFlight inFlight;
  private final StdioSession session;
  private Phase phase = Phase.NEW;

  StdioGuard(Lines lines, Wire wire, InFlight inFlight, StdioSession session) {
    this.lines = lines;
    this.wire = wire;
    this.inFlight = inFlight;
    this.session = session;
  }

  /// Takes in every line until the end of input.
  void readAll() throws IOException {
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(Frame.of(line.get()));
    }
  }

  private void take(Frame frame) {
    switch (frame) {
      case Frame.Unreadable(String reason) ->
          wire.error(Optional.empty(), ErrorCodes.PARSE_ERROR, "Parse error: " + reason);
      case Frame.Invalid(Optional<RequestId> id, String reason) -> refuse(id, reason);
      case Frame.Initialized() -> initialized();
      case Frame.Cancelled(RequestId target) ->
          inFlight.find(target.key()).ifPresent(Pending::cancel);
      case Frame.Request request -> request(request);
      case Frame.Nothing() -> {}
    }
  }

  private void request(Frame.Request request) {
    switch (request.method()) {
      // Here and not in the session, which lets a ping before `initialized` wait for ever.
      case "ping" -> wire.result(request.id(), JsonNodeFactory.instance.objectNode());
      case "initialize" -> initialize(request);
      // Unknown on purpose: to a client that speaks both eras it says that this is the older one.
      case "server/discover" ->
          wire.error(
              Optional.of(request.id()),
              ErrorCodes.METHOD_NOT_FOUND,
              "Method not found: server/discover; start with initialize.");
      default -> {
        if (phase == Phase.READY) {
          admit(request);
        } else {
          refuse(
              Optional.of(request.id()),
              "Not initialized; send initialize, then notifications/initialized.");
        }
      }
    }
  }

  private void initialize(Frame.Request request) {
    if (phase == Phase.READY) {
      refuse(Optional.of(request.id()), "This session is initialized already.");
    } else if (session.initialize(request)) {
      phase = Phase.GREETED;
    }
  }

  private void initialized() {
    if (phase == Phase.GREETED) {
      session.initialized();
      phase = Phase.READY;
    }
  }

  private void admit(Frame.Request request) {
    Pending pending = new Pending(request, this::run);
    Optional<RequestId> id = Optional.of(request.id());
    switch (inFlight.admit(pending)) {
      case ADMITTED -> pending.start();
      case DUPLICATE -> refuse(id, "A request with this id is in flight already.");
      case FULL ->
          wire.error(
              id, ErrorCodes.INTERNAL_ERROR, "Too many calls in flight; wait for one to end.");
      case STOPPING -> wire.error(id, ErrorCodes.INTERNAL_ERROR, "The server is stopping.");
    }
  }

  private void run(Pending pending) {
    try {
      // A cancel may have come before the thread did.
      if (pending.isOpen()) {
        session.answer(pending);
      }
    } finally {
      inFlight.ended(pending);
    }
  }

  private void refuse(Optional<RequestId> id, String reason) {
    wire.error(id, ErrorCodes.INVALID_REQUEST, "Invalid Request: " + reason);
  }
}
