package io.github.kubewicket.server.identity;

/// Finds out who is calling.
public interface Authenticator {
  /// Checks what a request presented. Never throws; may take as long as whoever has to be asked
  /// takes to answer, seconds at most.
  Authentication authenticate(Credentials presented);
}
