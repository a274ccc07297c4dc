package io.github.kubewicket.policy.ledger;

import java.nio.file.Path;
import java.security.SecureRandom;

/// Where the key is that signs a ledger's checkpoints. Whoever writes to one ledger has the same.
public sealed interface CheckpointKeyPlace {
  /// The key of this machine, made where there is none.
  record Local(StateDirectory state, SecureRandom random) implements CheckpointKeyPlace {}

  /// A file that somebody else provides, such as a mounted Secret: PKCS#8 in PEM. It is never made,
  /// and may be readable for its group, which is how Kubernetes mounts it for a user that is not
  /// root, but not for everybody.
  record Given(Path file) implements CheckpointKeyPlace {}
}
