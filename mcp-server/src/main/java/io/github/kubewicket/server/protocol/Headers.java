package io.github.kubewicket.server.protocol;

import java.util.Optional;

/// HTTP's headers as the protocol reads them.
public interface Headers {
  /// The first value of this header, without spaces around it; names in any case.
  Optional<String> first(String name);
}
