package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.read.Watch;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// What is answered.
sealed interface Reply {
  /// A whole body.
  record Body(int code, String contentType, byte[] bytes) implements Reply {
    @Override
    public boolean equals(Object other) {
      return other instanceof Body body
          && code == body.code
          && contentType.equals(body.contentType)
          && java.util.Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
      return code + java.util.Arrays.hashCode(bytes);
    }
  }

  /// A body that goes on.
  record Stream(Watch watch) implements Reply {}

  static Reply json(int code, ObjectNode node) {
    return new Body(code, "application/json", node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Reply text(int code, String text) {
    return new Body(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply status(Status status) {
    return json(status.code(), status.json());
  }

  static Reply of(int code, Outcome<ObjectNode> outcome) {
    return switch (outcome) {
      case Outcome.Done<ObjectNode>(ObjectNode node) -> json(code, node);
      case Outcome.Refused<ObjectNode>(Status status) -> status(status);
    };
  }
}
