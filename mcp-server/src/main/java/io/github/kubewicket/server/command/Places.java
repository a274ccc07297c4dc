package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.PostgresLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where Kubewicket's files are: the policy, the state, the keys.
///
/// @param config where `tools.yaml` is; empty where nobody named one and the default place has
///   none, which means read-only
/// @param state the state directory: ledger, checkpoint key, locks
/// @param shelf where the ledger is kept, in the state directory or elsewhere
/// @param keys where `kubewicket key new` puts a key by default
record Places(Optional<Path> config, Path state, Shelf shelf, Path keys) {
  /// With the ledger in the state directory.
  Places(Optional<Path> config, Path state, Path keys) {
    this(config, state, new Shelf.Local(state), keys);
  }

  /// Finds them as the XDG base directory specification says
  /// (<https://specifications.freedesktop.org/basedir-spec/latest/>): an option wins over
  /// `KUBEWICKET_CONFIG` and `KUBEWICKET_STATE`, those over
  /// `$XDG_CONFIG_HOME/kubewicket/tools.yaml` and `$XDG_STATE_HOME/kubewicket`. Where
  /// `KUBEWICKET_STATE` is a `jdbc:postgresql:` URL, only the ledger is there.
  ///
  /// @param option the value of `--config`
  /// @throws LedgerException where that URL is none
  public static Places find(Map<String, String> environment, Path home, Optional<Path> option) {
    Path configHome = directory(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    Path stateHome =
        directory(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state"));
    Path usual = configHome.resolve("kubewicket").resolve("tools.yaml");
    Optional<Path> config =
        option
            .or(() -> value(environment, "KUBEWICKET_CONFIG"))
            .or(() -> Optional.of(usual).filter(Files::exists));
    Path keys = configHome.resolve("kubewicket").resolve("keys");
    Path usualState = stateHome.resolve("kubewicket");
    String state = environment.getOrDefault("KUBEWICKET_STATE", "").strip();
    if (PostgresLocation.isMeant(state)) {
      return new Places(
          config,
          usualState,
          new Shelf.Shared(
              PostgresLocation.of(state, environment),
              usualState,
              value(environment, "KUBEWICKET_CHECKPOINT_KEY")),
          keys);
    }
    return new Places(config, value(environment, "KUBEWICKET_STATE").orElse(usualState), keys);
  }

  /// Where `tools.yaml` stands when nobody says otherwise, whether or not there is one.
  Path usualConfig() {
    return keys.resolveSibling("tools.yaml");
  }

  private static Path directory(Map<String, String> environment, String name, Path otherwise) {
    // The specification has relative paths ignored.
    return value(environment, name).filter(Path::isAbsolute).orElse(otherwise);
  }

  private static Optional<Path> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
