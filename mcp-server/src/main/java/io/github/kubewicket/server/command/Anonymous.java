package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import java.util.Optional;
import java.util.function.Supplier;

/// Who calls over HTTP without a credential: on loopback and as long as a good `tools.yaml` says
/// nothing of HTTP, whoever is on this machine, who could start a server as well. A file that is
/// wrong may have said something, so it opens nothing; and once a file has spoken of HTTP, none
/// that is silent opens the door again before a restart.
final class Anonymous implements Supplier<Optional<Caller>> {
  private static final Optional<Caller> LOCAL = Optional.of(new Caller("http:local"));

  private final boolean loopback;
  private final Supplier<Loaded> policies;
  private volatile boolean known;
  private volatile boolean spoken;

  /// @param loopback whether the port is
  Anonymous(boolean loopback, Supplier<Loaded> policies) {
    this.loopback = loopback;
    this.policies = policies;
  }

  @Override
  public Optional<Caller> get() {
    if (!loopback || spoken) {
      return Optional.empty();
    }
    if (policies.get() instanceof Loaded.Valid(Policy policy)) {
      known = true;
      spoken = policy.http().given();
    }
    return known && !spoken ? LOCAL : Optional.empty();
  }
}
