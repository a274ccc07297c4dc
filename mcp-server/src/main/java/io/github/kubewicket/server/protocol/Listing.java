package io.github.kubewicket.server.protocol;

/// What has a list that may change.
public enum Listing {
  /// `tools/list`.
  TOOLS("tools"),
  /// `prompts/list`.
  PROMPTS("prompts"),
  /// `resources/list`.
  RESOURCES("resources");

  private final String word;

  Listing(String word) {
    this.word = word;
  }

  /// The notification that tells of a change.
  String changed() {
    return "notifications/" + word + "/list_changed";
  }

  /// What a client asks for in `subscriptions/listen` to be told.
  String filter() {
    return word + "ListChanged";
  }
}
