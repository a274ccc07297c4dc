package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.call.Progress;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Progress as `notifications/progress` under the token that the client gave.
///
/// @param token a text or a whole number, as request ids are
/// @param pending the request; once it is answered or cancelled, the token is dead
record ProgressNotifications(Wire wire, RequestId token, Pending pending) implements Progress {
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
      wire.notification("notifications/progress", params);
    }
  }
}
