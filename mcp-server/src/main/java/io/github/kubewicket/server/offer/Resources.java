package io.github.kubewicket.server.offer;

import io.github.kubewicket.policy.Caller;
import java.util.List;
import java.util.Optional;

/// What can be read by address. A caller is shown nothing that its tools would not show it.
public interface Resources {
  /// The resources that always exist, few of them, in a stable order.
  List<Resource> list(Caller caller);

  /// How the others are addressed, in a stable order.
  List<ResourceTemplate> templates(Caller caller);

  /// Reads one. Never throws; the text lies within the answer budget.
  ///
  /// @param uri as the client sent it, of any length and content
  ResourceAnswer read(Caller caller, String uri);

  /// Tells when a resource changed, until closed; at most once per second, and not after the close,
  /// but for a call that is under way. It also ends, in silence, when the caller may no longer read
  /// the resource.
  ///
  /// @param changed called on a thread of the watch; it should hand on and return
  /// @return empty where there is no such resource that the caller could read, or where it, or
  ///   everybody together, has as many subscriptions as there may be. Closing twice is closing
  ///   once; it throws nothing
  Optional<AutoCloseable> subscribe(Caller caller, String uri, Runnable changed);
}
