package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.call.Progress;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;

/// Progress as `notifications/progress` under the token that the client gave.
///
/// @param token a text or a whole number
/// @param pending the request; once it is answered or cancelled, the token is dead
record ProgressNotifications(McpAsyncServerExchange exchange, Object token, Pending pending)
    implements Progress {
  @Override
  public void report(double done, double total, String message) {
    if (pending.isOpen()) {
      // A client that is gone is the guard's concern, not the call's.
      exchange
          .progressNotification(new ProgressNotification(token, done, total, message))
          .subscribe(_ -> {}, _ -> {});
    }
  }
}
