package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.protocol.Conversation;
import java.io.IOException;
import java.util.Optional;

/// Stands between standard input and the conversation: a line that is none is answered, and the
/// next one is read.
record StdioGuard(Conversation conversation) {
  /// Takes in every line until the end of input.
  void readAll(Lines lines) throws IOException {
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(line.get());
    }
  }

  private void take(Line line) {
    switch (line.kind()) {
      case TOO_LONG ->
          conversation.unreadable(
              "the line is longer than " + StdioServer.MAX_LINE_BYTES + " bytes.");
      case NOT_UTF8 -> conversation.unreadable("the line is not UTF-8.");
      case TEXT -> {
        if (!line.text().isBlank()) {
          conversation.take(line.text());
        }
      }
    }
  }
}
