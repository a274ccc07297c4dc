package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads whole lists, page by page, with one deadline over all pages. A list is handed out complete
/// or not at all.
final class WholeLists {
  private static final int PAGE = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final Api api;

  WholeLists(Api api) {
    this.api = api;
  }

  /// All objects, redacted, each with its `apiVersion` and `kind`, which the API server leaves out
  /// of lists.
  List<ObjectNode> read(
      KindInfo kind, Optional<String> namespace, String labelSelector, int most, boolean secret) {
    Deadline deadline = Deadline.in(PATIENCE);
    String address =
        ApiPaths.list(kind, namespace.map(given -> Names.checked("a namespace", given)));
    List<ObjectNode> objects = new ArrayList<>();
    String next = "";
    do {
      Items.End end =
          Items.each(
              api,
              request(address, labelSelector, (int) Math.min(PAGE, most + 1L), next, deadline),
              item -> objects.size() < most && objects.add(object(item, kind, secret)));
      if (!end.list()) {
        throw new ClusterException(
            Reason.CLUSTER_ERROR,
            "The API server's answer for " + kind.plural() + " is not a list.",
            "Call again; if it stays so, check what stands between Kubewicket and the API server.");
      }
      if (!end.complete() || (objects.size() >= most && !end.next().isEmpty())) {
        throw tooMany(kind, most);
      }
      next = end.next();
    } while (!next.isEmpty());
    return List.copyOf(objects);
  }

  private static ApiRequest request(
      String address, String labelSelector, int limit, String next, Deadline deadline) {
    String path =
        ApiPaths.query(
            address,
            "labelSelector",
            labelSelector,
            "limit",
            Integer.toString(limit),
            "continue",
            next);
    return new ApiRequest(
        "GET",
        path,
        ApiRequest.JSON,
        Optional.empty(),
        new byte[0],
        Duration.ofMillis(deadline.millisLeft()));
  }

  private static ObjectNode object(JsonNode item, KindInfo kind, boolean secret) {
    if (!(item instanceof ObjectNode object)) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR, "The API server's list holds something else.", "Call again.");
    }
    ObjectNode redacted = Redaction.object(object, secret);
    redacted.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    return redacted;
  }

  private static ClusterException tooMany(KindInfo kind, int most) {
    return new ClusterException(
        Reason.CLUSTER_ERROR,
        "There are more than " + most + " " + kind.plural() + ".",
        "Ask for less: a namespace, a selector, a name.");
  }
}
