package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where an installation keeps its state, and which file is which.
///
/// @param path the directory; mode 0700 where this class creates it
public record StateDirectory(Path path) {
  /// Makes the path absolute.
  public StateDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /// The ledger's database. SQLite keeps `ledger.db-wal` and `ledger.db-shm` beside it.
  public Path ledger() {
    return path.resolve("ledger.db");
  }

  /// The private key that signs checkpoints: PKCS#8 in PEM.
  public Path checkpointKey() {
    return path.resolve("checkpoint.key");
  }

  /// Its public half, as [io.github.kubewicket.policy.key.PublicKeyText] and a line feed.
  public Path checkpointPublicKey() {
    return path.resolve("checkpoint.pub");
  }

  /// Where SQLite's native library is unpacked.
  Path nativeLibrary() {
    return path.resolve("native");
  }

  /// Creates what is missing and refuses what other users may write to.
  ///
  /// @throws LedgerException when the directory cannot be used
  void prepare() {
    prepareDirectory();
    try {
      PrivateFile.createDirectories(nativeLibrary());
      PrivateFile.createEmptyIfAbsent(ledger());
      for (String suffix : List.of("", "-wal", "-shm")) {
        refuseIfOthersMayWrite(path.resolve("ledger.db" + suffix));
      }
      refuseIfOthersMayWrite(nativeLibrary());
    } catch (IOException | UnsupportedOperationException e) {
      throw unusable(e);
    }
  }

  /// The same for the directory alone, where the ledger is elsewhere.
  ///
  /// @throws LedgerException when the directory cannot be used
  void prepareDirectory() {
    try {
      PrivateFile.createDirectories(path);
      refuseIfOthersMayWrite(path);
    } catch (IOException | UnsupportedOperationException e) {
      throw unusable(e);
    }
  }

  private LedgerException unusable(Exception cause) {
    return new LedgerException(
        "The state directory %s cannot be used: %s; check that it is a directory of yours on a disk with room."
            .formatted(path, cause),
        cause);
  }

  private static void refuseIfOthersMayWrite(Path file) throws IOException {
    if (Files.exists(file)) {
      Optional<String> why = PrivateFile.whyOthersMayWrite(file);
      if (why.isPresent()) {
        throw new LedgerException(why.get());
      }
    }
  }
}
