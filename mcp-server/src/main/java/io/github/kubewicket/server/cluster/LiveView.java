package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The view of a live cluster.
final class LiveView implements ClusterView {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Api api;
  private final Discovery discovery;

  LiveView(Api api, Discovery discovery) {
    this.api = api;
    this.discovery = discovery;
  }

  @Override
  public KindInfo kind(String name) {
    return discovery.kind(name);
  }

  @Override
  public List<KindInfo> kinds() {
    return discovery.all();
  }

  @Override
  public ObjectNode get(KindInfo kind, Optional<String> namespace, String name) {
    String path =
        ApiPaths.object(
            kind,
            namespace.map(given -> Names.checked("a namespace", given)),
            Names.checked("an object", name));
    ApiAnswer answer = api.send(ApiRequest.get(path));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    return Redaction.object(parse(answer.body()), isSecret(kind));
  }

  static boolean isSecret(KindInfo kind) {
    return kind.group().isEmpty() && kind.plural().equals("secrets");
  }

  static ObjectNode parse(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // The text of the exception quotes the body, which is not redacted.
    }
    throw new ClusterException(
        Reason.CLUSTER_ERROR,
        "The API server's answer is not a JSON object.",
        "Call again; if it stays so, check what stands between Kubewicket and the API server.");
  }
}
