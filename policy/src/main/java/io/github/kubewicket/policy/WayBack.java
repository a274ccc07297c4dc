package io.github.kubewicket.policy;

/// How an act can be taken back.
public sealed interface WayBack {
  /// Nothing to take back: the controller brings the pods back by itself.
  record Convergent() implements WayBack {}

  /// The inverse change restores what was there.
  ///
  /// @param description what it would do, such as `replicas back to 3`
  record Inverse(String description) implements WayBack {}

  /// No way back.
  record None() implements WayBack {}

  /// The word that the ledger and the binding use.
  default String word() {
    return switch (this) {
      case Convergent() -> "convergent";
      case Inverse(String description) -> "inverse: " + description;
      case None() -> "none";
    };
  }
}
