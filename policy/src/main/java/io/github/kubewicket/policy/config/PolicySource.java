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

  /// A policy file, never older than the file: every call reads all bytes again, because size,
  /// times and inode can stay the same when they change. Unchanged bytes are not parsed again; such
  /// a call costs about 20 microseconds, and 1 to 2 milliseconds at 1 MiB. A changed file costs 20
  /// milliseconds more, in which it has to rest. A missing, unreadable or wrong file is
  /// [Loaded.Invalid] at once, a mended one is [Loaded.Valid] at once.
  static PolicySource file(PolicyFile loader, Path file) {
    return new FilePolicySource(loader, file);
  }
}
