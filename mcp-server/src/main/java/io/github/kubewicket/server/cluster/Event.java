package io.github.kubewicket.server.cluster;

import java.time.Instant;

/// One event, redacted: what somebody in the cluster reported about an object.
///
/// @param uid the event's own UID
/// @param namespace the object's namespace; empty where it has none
/// @param kind the object's kind
/// @param name the object's name
/// @param objectUid the object's UID; empty where it is not given
/// @param type `Normal` or `Warning`
/// @param reason such as `FailedScheduling`
/// @param message at most 500 characters, on one line; untrusted text
/// @param count how often
/// @param first when first seen
/// @param last when last seen
public record Event(
    String uid,
    String namespace,
    String kind,
    String name,
    String objectUid,
    String type,
    String reason,
    String message,
    int count,
    Instant first,
    Instant last) {
  /// Whether something is wrong.
  public boolean warning() {
    return !type.equals("Normal");
  }
}
