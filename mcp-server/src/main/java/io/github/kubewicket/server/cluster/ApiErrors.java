package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns an error status of the API server into a refusal. What the server said is redacted and
/// cut.
final class ApiErrors {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_SAID = 400;

  private ApiErrors() {}

  /// What this answer of 400 or more means.
  static ClusterException of(ApiAnswer answer) {
    String said = said(answer.body());
    return switch (answer.status()) {
      case 400, 422 ->
          new ClusterException(
              Reason.BAD_ARGS,
              "The API server refused the request: " + said,
              "Correct the argument that it names.");
      case 401 -> Failures.unauthorized("the kubeconfig's context");
      case 403 ->
          answer
              .as()
              .map(user -> forbidden(user, said))
              .orElseGet(() ->
                  new ClusterException(
                      Reason.FORBIDDEN,
                      "Kubernetes does not allow this: " + said,
                      "The server's own account lacks this permission; a person can grant it with"
                          + " RBAC, or ask for a namespace that it may see."));
      case 404 -> notFound(said);
      case 405, 406, 415 ->
          new ClusterException(
              Reason.CLUSTER_ERROR,
              "The API server does not support this request (" + answer.status() + "): " + said,
              "Use another tool or kind.");
      case 410 ->
          new ClusterException(
              Reason.CLUSTER_ERROR,
              "The API server no longer has that state of the list.",
              "Call again without a cursor.");
      case 429 ->
          new ClusterException(
              Reason.CLUSTER_ERROR,
              "The API server is asking for fewer requests (429).",
              "Call again in a few seconds.");
      case 504 ->
          new ClusterException(
              Reason.TIMEOUT,
              "The API server ran out of time (504).",
              "Call again, or ask for less: a namespace, a selector, a name.");
      default ->
          new ClusterException(
              Reason.CLUSTER_ERROR,
              "The API server answered " + answer.status() + ": " + said,
              "Call again; if it stays so, check the cluster's health.");
    };
  }

  /// The answer to a request in another's name.
  private static ClusterException forbidden(String user, String said) {
    return new ClusterException(
        Reason.FORBIDDEN,
        "Kubernetes does not allow " + user + " this: " + said,
        said.contains("cannot impersonate")
            ? "The server's own account may not impersonate this user or one of its groups; a"
                + " person can grant the verb impersonate with RBAC."
            : "This user and its groups lack the permission; a person can grant it with RBAC, or ask"
                + " for a namespace that it may see.");
  }

  private static ClusterException notFound(String said) {
    if (said.contains("could not find the requested resource")) {
      return new ClusterException(
          Reason.UNKNOWN_KIND,
          "The API server does not serve this address any more.",
          "Call describe_kind to see which kinds it serves.");
    }
    return new ClusterException(
        Reason.NOT_FOUND,
        "The API server found nothing: " + said,
        "Check the name and the namespace with list_resources.");
  }

  /// The message of a `Status`, or the beginning of whatever came.
  static String said(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 64 << 10), StandardCharsets.UTF_8);
    try {
      JsonNode status = JSON.readTree(body);
      if (status.path("message").isString()) {
        text = status.path("message").asString();
      }
    } catch (JacksonException e) {
      // A proxy's page, or the kubelet's plain text.
    }
    String shown = Untrusted.line(Redaction.text(text), MAX_SAID);
    return shown.isEmpty() ? "no message." : shown;
  }
}
