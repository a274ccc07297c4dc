package io.github.kubewicket.demo.status;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A refusal, as `meta/v1` `Status` says it. Wording follows `k8s.io/apimachinery/pkg/api/errors`,
/// because clients match on it.
///
/// @param code the HTTP status
/// @param reason the machine-readable reason
/// @param message for people
/// @param name of the object, or empty
/// @param group of the object, or empty
/// @param kind the resource (or, when invalid, the kind) of the object, or empty
/// @param causes further reasons
public record Status(
    int code,
    String reason,
    String message,
    String name,
    String group,
    String kind,
    List<Cause> causes) {

  private static Status of(int code, String reason, String message) {
    return new Status(code, reason, message, "", "", "", List.of());
  }

  private static Status of(int code, String reason, Kind kind, String name, String message) {
    return new Status(code, reason, message, name, kind.group(), kind.plural(), List.of());
  }

  /// 400: the request makes no sense.
  public static Status badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  /// 401: no token, or a wrong one.
  public static Status unauthorized() {
    return of(401, "Unauthorized", "Unauthorized");
  }

  /// 403: understood, and not allowed.
  public static Status forbidden(Kind kind, String name, String why) {
    return of(
        403, "Forbidden", kind, name, kind.resource() + " \"" + name + "\" is forbidden: " + why);
  }

  /// 404: there is no such object.
  public static Status notFound(Kind kind, String name) {
    return of(404, "NotFound", kind, name, kind.resource() + " \"" + name + "\" not found");
  }

  /// 404: there is no such resource.
  public static Status noSuchPath() {
    return of(404, "NotFound", "the server could not find the requested resource");
  }

  /// 405: the path exists, the method does not.
  public static Status methodNotAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /// 406: nothing that the client accepts can be written.
  public static Status notAcceptable() {
    return of(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json, application/yaml,"
            + " application/vnd.kubernetes.protobuf");
  }

  /// 409: an object with this name exists.
  public static Status alreadyExists(Kind kind, String name) {
    return of(
        409, "AlreadyExists", kind, name, kind.resource() + " \"" + name + "\" already exists");
  }

  /// 409: a precondition does not hold.
  public static Status conflict(Kind kind, String name, String why) {
    return of(
        409,
        "Conflict",
        kind,
        name,
        "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why);
  }

  /// 409: an object is not the one that a PUT means. The wording is the storage layer's.
  public static Status otherUid(
      Kind kind, String namespace, String name, String wanted, String found) {
    return conflict(
        kind,
        name,
        "StorageError: invalid object, Code: 4, Key: /registry/"
            + kind.plural()
            + (namespace.isEmpty() ? "" : "/" + namespace)
            + "/"
            + name
            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
            + wanted
            + ", UID in object meta: "
            + found);
  }

  /// 409: an object is not the one that a deletion means; here the kind is named, not the resource.
  public static Status notTheOne(Kind kind, String name, String why) {
    return new Status(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind.groupKind() + " \"" + name + "\": " + why,
        name,
        kind.group(),
        kind.name(),
        List.of());
  }

  /// 410: the revision is no longer known.
  public static Status expired(String message) {
    return of(410, "Expired", message);
  }

  /// 413: the body is larger than 3 MiB, the API server's own limit.
  public static Status tooLarge() {
    return of(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");
  }

  /// 415: no resource knows the format of the body.
  public static Status unsupportedMediaType() {
    return of(415, "UnsupportedMediaType", "415: Unsupported Media Type");
  }

  /// 415: this resource does not know the format of the body.
  public static Status unsupportedMediaType(String accepted) {
    return of(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted);
  }

  /// 422: a JSON patch does not fit the object.
  public static Status rejected() {
    return of(422, "Invalid", "the server rejected our request due to an error in our request");
  }

  /// 422: the patched object has fields of the wrong type. The API server puts the whole object
  /// into the message, Secrets too; so does the demo, because clients have to live with it.
  public static Status wrongAfterPatch(String object, String why) {
    Cause cause = Cause.invalid("patch", Json.NODES.stringNode(object).toString(), why);
    return new Status(
        422, "Invalid", " \"\" is invalid: " + cause.sentence(), "", "", "", List.of(cause));
  }

  /// 422: an option of the request is wrong.
  ///
  /// @param options `PatchOptions`, `DeleteOptions`, ...
  public static Status wrongOption(String options, Cause cause) {
    return new Status(
        422,
        "Invalid",
        options + ".meta.k8s.io \"\" is invalid: " + cause.sentence(),
        "",
        "meta.k8s.io",
        options,
        List.of(cause));
  }

  /// 422: fields are wrong.
  public static Status invalid(Kind kind, String name, List<Cause> causes) {
    String why = causes.stream().map(Cause::sentence).collect(Collectors.joining(", "));
    String all = causes.size() > 1 ? "[" + why + "]" : why;
    return new Status(
        422,
        "Invalid",
        kind.groupKind() + " \"" + name + "\" is invalid: " + all,
        name,
        kind.group(),
        kind.name(),
        causes);
  }

  /// 429: not now, because of a disruption budget.
  public static Status disruptionBudget(String why) {
    return new Status(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        "",
        "",
        "",
        List.of(new Cause("DisruptionBudget", why, "")));
  }

  /// 429: too many watches.
  public static Status tooManyRequests(String message) {
    return of(429, "TooManyRequests", message);
  }

  /// 500: the server cannot.
  public static Status internal(String message) {
    return of(500, "InternalError", "Internal error occurred: " + message);
  }

  /// 503: not over this protocol.
  public static Status unavailable(String message) {
    return of(503, "ServiceUnavailable", message);
  }

  /// The object that goes over the wire.
  public ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("kind", "Status").put("apiVersion", "v1");
    json.putObject("metadata");
    json.put("status", "Failure").put("message", message).put("reason", reason);
    if (hasDetails()) {
      json.set("details", details());
    }
    return json.put("code", code);
  }

  private boolean hasDetails() {
    return !name.isEmpty()
        || !kind.isEmpty()
        || !causes.isEmpty()
        || code == 404
        || code == 405
        || code == 415
        || code == 429
        || reason.equals("Invalid");
  }

  private ObjectNode details() {
    ObjectNode details = Json.object();
    put(details, "name", name);
    put(details, "group", group);
    put(details, "kind", kind);
    if (!causes.isEmpty()) {
      ArrayNode list = details.putArray("causes");
      for (Cause cause : causes) {
        ObjectNode entry = list.addObject();
        entry.put("reason", cause.reason()).put("message", cause.message());
        put(entry, "field", cause.field());
      }
    }
    if (code == 429 && causes.isEmpty()) {
      details.put("retryAfterSeconds", 1);
    }
    return details;
  }

  private static void put(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
