package io.github.kubewicket.server.protocol;

import io.github.kubewicket.server.call.Progress;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Progress as `notifications/progress` under the token that the client gave.
///
/// @param token a text or a whole number, as request ids are
/// @param pending the request; once it is answered or cancelled, the token is dead
record ProgressNotifications(Outbox way, RequestId token, Pending pending) implements Progress {
  /// Progress of this request, if it asks for any.
  static Progress of(Pending pending, Outbox way) {
    return RequestId.of(pending.request().params().path("_meta").path("progressToken"))
        .<Progress>map(token -> new ProgressNotifications(way, token, pending))
        .orElse(Progress.NONE);
  }

  @Override
  public void report(double done, double total, String message) {
    if (pending.isOpen()) {
      ObjectNode params = JsonNodeFactory.instance.objectNode();
      params.set("progressToken", token.json());
      params.put("progress", done);
      if (total > 0) {
        params.put("total", total);
      }
      params.put("message", message);
      way.send(Frames.notification("notifications/progress", params));
    }
  }
}
