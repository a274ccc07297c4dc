package io.github.kubewicket.policy;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The digest of what would be sent: verb, path, media type and body, and the object it is meant
/// for.
public final class Operations {
  private static final String DOMAIN = "kubewicket/operation/v1";

  private Operations() {}

  /// The digest that a [Permit] carries and that the writer computes again from the bytes in its
  /// hands.
  public static String digest(
      String verb, String path, String contentType, String bodyHash, String targetUid) {
    ObjectNode operation =
        JsonNodeFactory.instance
            .objectNode()
            .put("verb", verb)
            .put("path", path)
            .put("contentType", contentType)
            .put("bodyHash", bodyHash)
            .put("targetUid", targetUid);
    return CanonicalJson.digest(DOMAIN, operation);
  }

  static String digest(Preview preview, Target target) {
    return digest(
        preview.verb(), preview.path(), preview.contentType(), preview.bodyHash(), target.uid());
  }
}
