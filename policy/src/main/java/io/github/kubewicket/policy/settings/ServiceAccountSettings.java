package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.NamePatterns;
import java.util.List;

/// Whether Kubernetes ServiceAccounts may call with tokens of their own, from
/// `http.serviceAccounts`.
///
/// @param audience what a token has to be issued for; never an audience of the API server's own
/// @param write which of them may ask for changes, as `namespace/name`, with at most one `*` at the
///   end
public record ServiceAccountSettings(String audience, List<String> write) {
  /// Copies the list.
  public ServiceAccountSettings {
    write = List.copyOf(write);
  }

  /// Whether this one may ask for changes.
  public boolean mayWrite(String namespace, String name) {
    return NamePatterns.anyFits(write, namespace + "/" + name);
  }
}
