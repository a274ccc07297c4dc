package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;

/// What came of checking credentials. No text in it repeats a credential.
public sealed interface Authentication {
  /// Somebody we know.
  record Known(Caller caller) implements Authentication {}

  /// Nobody we know: 401.
  ///
  /// @param error empty where nothing was presented, else `invalid_token`
  /// @param description one sentence for people
  record Refused(String error, String description) implements Authentication {
    /// The error of a credential that does not count (RFC 6750, section 3.1).
    public static final String INVALID_TOKEN = "invalid_token";

    /// Nothing was presented.
    static Refused nothing() {
      return new Refused("", "This server wants to know who calls; present a bearer token.");
    }

    /// What was presented does not count.
    static Refused invalid(String description) {
      return new Refused(INVALID_TOKEN, description);
    }
  }

  /// Whoever has to be asked does not answer: 503.
  ///
  /// @param message one sentence for people
  record Unavailable(String message) implements Authentication {}
}
