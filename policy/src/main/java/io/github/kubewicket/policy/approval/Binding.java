package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.canonical.CanonicalJson;
import io.github.kubewicket.policy.canonical.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Everything that an approval is good for, and nothing else: who asked for what, on which object
/// in which state, the bytes that would be sent, what the dry run said, what a person was shown,
/// and under which policy. A person signs its digest.
///
/// Built in two halves: the *facts*, which are computed anew when the change is about to be made,
/// and what was *shown*, which stays as it was.
///
/// @param json the members `v, requestId, tool, requester, cluster, target, operation, dryRun,
///   wayBack, policy, shown, notBefore, notAfter`
public record Binding(ObjectNode json) {
  private static final String DOMAIN = "kubewicket/binding/v1";
  private static final String ARGUMENTS_DOMAIN = "kubewicket/arguments/v1";
  private static final String BLAST_DOMAIN = "kubewicket/blast-radius/v1";

  /// Binds an attempt and its preview.
  ///
  /// @param shown what the approver sees, as hashes; see [#shown]
  /// @param notBefore when the request was made
  /// @param notAfter when it is void, whatever was signed
  public static Binding of(
      String requestId,
      Attempt attempt,
      Preview preview,
      String policyDigest,
      String rule,
      JsonNode shown,
      Instant notBefore,
      Instant notAfter) {
    Target target = attempt.target();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", 1).put("requestId", requestId);
    json.putObject("tool")
        .put("name", attempt.tool())
        .put("argumentsHash", CanonicalJson.digest(ARGUMENTS_DOMAIN, attempt.arguments()));
    json.putObject("requester").put("principal", attempt.caller().name());
    ObjectNode cluster = json.putObject("cluster").put("uid", target.cluster());
    if (!target.clusterName().isEmpty()) {
      cluster.put("name", target.clusterName());
    }
    json.putObject("target")
        .put("apiVersion", target.apiVersion())
        .put("kind", target.kind())
        .put("namespace", target.namespace())
        .put("name", target.name())
        .put("uid", target.uid())
        .put("generation", target.generation())
        .put("specHash", target.specHash());
    json.putObject("operation")
        .put("verb", preview.verb())
        .put("path", preview.path())
        .put("contentType", preview.contentType())
        .put("bodyHash", preview.bodyHash());
    json.putObject("dryRun")
        .put("diffHash", preview.diffHash())
        .put("postSpecHash", preview.postSpecHash());
    json.put("wayBack", preview.wayBack().word());
    json.putObject("policy").put("digest", policyDigest).put("rule", rule);
    json.set("shown", shown);
    json.put("notBefore", notBefore.toString()).put("notAfter", notAfter.toString());
    return new Binding(json);
  }

  /// Hashes of what the approver is shown, so that the page or the terminal can prove that it shows
  /// what is signed.
  public static ObjectNode shown(String diff, JsonNode blastRadius, String reason) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("diffTextHash", Digests.sha256(diff.getBytes(StandardCharsets.UTF_8)))
        .put("blastRadiusHash", CanonicalJson.digest(BLAST_DOMAIN, blastRadius))
        .put("reasonHash", Digests.sha256(reason.getBytes(StandardCharsets.UTF_8)));
  }

  /// What a person signs: `sha256:` and 64 hex digits.
  public String digest() {
    return CanonicalJson.digest(DOMAIN, json);
  }

  /// When the request is void.
  public Instant notAfter() {
    return Instant.parse(json.path("notAfter").asString(""));
  }

  /// When the request was made.
  public Instant notBefore() {
    return Instant.parse(json.path("notBefore").asString(""));
  }
}
