package io.github.kubewicket.server.cluster;

/// Where a login comes from.
interface LoginSource {
  /// Reads it, at any length up to the deadline.
  ///
  /// @throws ClusterException when there is none, or it cannot be used
  Login read(Deadline deadline);

  /// A mark that changes when the login may have changed.
  String mark();

  /// The same login for ever.
  static LoginSource fixed(Login login) {
    return new LoginSource() {
      @Override
      public Login read(Deadline deadline) {
        return login;
      }

      @Override
      public String mark() {
        return "";
      }
    };
  }
}
