package io.github.kubewicket.policy.config;

import java.nio.file.Path;

/// Where the gate gets the policy in force, each time it needs it.
@FunctionalInterface
public interface PolicySource {
  /// The policy as it is now, or what is wrong with it. Safe for many threads.
  Loaded current();

  /// A policy that never changes.
  static PolicySource fixed(Policy policy) {
    Loaded loaded = new Loaded.Valid(policy);
    return () -> loaded;
  }

  /// A policy file that is read again at every call.
  static FilePolicySource file(PolicyFile loader, Path file) {
    return new FilePolicySource(loader, file);
  }
}
