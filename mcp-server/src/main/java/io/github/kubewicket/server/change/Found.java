package io.github.kubewicket.server.change;

/// What the object looks like, for an intent whose outcome nobody wrote down.
public enum Found {
  /// As the change wanted it, and healthy.
  APPLIED_HEALTHY,
  /// As the change wanted it, not healthy.
  APPLIED_UNHEALTHY,
  /// As it was before.
  NOT_APPLIED,
  /// Neither, or gone.
  CHANGED_SINCE,
  /// It cannot be seen at the moment.
  UNSEEN
}
