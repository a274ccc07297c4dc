package io.github.kubewicket.policy;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the API server said would happen, from a server-side dry run of the exact bytes that would
/// be sent.
///
/// @param verb HTTP method, such as `PATCH`
/// @param path the API path with its subresource, such as
///   `/apis/apps/v1/namespaces/shop/deployments/web/scale`
/// @param contentType the body's media type
/// @param bodyHash `sha256:` of the bytes to be sent, before preconditions are put in
/// @param diff unified diff of the object before and after, redacted, for people
/// @param diffHash `sha256:` of the difference before redaction
/// @param postSpecHash `sha256:` of the spec after the dry run
/// @param blastRadius server-computed facts for the approver: pods now and affected, replicas
///   before and after
/// @param wayBack how it can be taken back
/// @param warnings the API server's warnings, at most 20
public record Preview(
    String verb,
    String path,
    String contentType,
    String bodyHash,
    String diff,
    String diffHash,
    String postSpecHash,
    ObjectNode blastRadius,
    WayBack wayBack,
    List<String> warnings) {
  /// Copies the warnings.
  public Preview {
    warnings = List.copyOf(warnings);
  }
}
