package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import java.util.List;

/// What a transport needs: the tools to list, and a way to call one.
public interface Calls {
  /// The tools that this caller may use now, in a stable order. Calling one that is not listed is
  /// refused.
  List<Tool> listed(Caller caller);

  /// Runs one call to its end on the calling thread; an interrupt cancels it. Never throws.
  Reply run(Request request);
}
