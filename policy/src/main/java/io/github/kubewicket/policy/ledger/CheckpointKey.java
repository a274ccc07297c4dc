package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.Pem;
import io.github.kubewicket.policy.key.PrivateFile;
import io.github.kubewicket.policy.key.PublicKeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/// The installation's own signing key, made at first use.
final class CheckpointKey {
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey privateKey;
  private final PublicKeyText publicKey;

  private CheckpointKey(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    this.publicKey = PublicKeyText.of(pair.getPublic());
  }

  /// Reads the key, or makes one where there is none; of processes that race to make it, one wins
  /// and the others read what it made.
  static CheckpointKey open(StateDirectory state, SecureRandom random) throws IOException {
    if (!PrivateFile.isTaken(state.checkpointKey())) {
      boolean lost = PrivateFile.isTaken(state.checkpointPublicKey());
      // The key is written before its public half, so if another process just made both, the key
      // is there by now.
      if (lost && !PrivateFile.isTaken(state.checkpointKey())) {
        throw new LedgerException(
            "The checkpoint key %s is gone but its public half is there; restore the key, or move the whole state directory away to begin a new ledger."
                .formatted(state.checkpointKey()));
      }
      create(state, random);
    }
    CheckpointKey key = read(state.checkpointKey());
    key.publish(state.checkpointPublicKey(), random);
    return key;
  }

  /// Reads the key of this place, or makes it where that is allowed.
  ///
  /// @throws LedgerException when that fails
  static CheckpointKey at(CheckpointKeyPlace place) {
    return switch (place) {
      case CheckpointKeyPlace.Local(StateDirectory state, SecureRandom random) -> {
        state.prepareDirectory();
        try {
          yield open(state, random);
        } catch (IOException e) {
          throw new LedgerException(
              "The checkpoint key %s cannot be read or made: %s."
                  .formatted(state.checkpointKey(), e),
              e);
        }
      }
      case CheckpointKeyPlace.Given(Path file) -> given(file);
    };
  }

  private static CheckpointKey given(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new LedgerException(
            "Everybody may read the checkpoint key %s; mount it with \"defaultMode: 0440\", or take that away with \"chmod o-r\"."
                .formatted(file));
      }
      return parse(file);
    } catch (IOException e) {
      throw new LedgerException(
          "The checkpoint key %s cannot be read; check KUBEWICKET_CHECKPOINT_KEY.".formatted(file),
          e);
    }
  }

  PublicKeyText publicKey() {
    return publicKey;
  }

  Checkpoint sign(Entry head) {
    String origin = publicKey.keyId();
    Instant at = head.at();
    byte[] signed =
        Checkpoint.signedText(origin, head.seq(), head.hash(), at).getBytes(StandardCharsets.UTF_8);
    String signature = Base64.getEncoder().encodeToString(Ed25519.sign(privateKey, signed));
    return new Checkpoint(origin, head.seq(), head.hash(), at, signature);
  }

  private static void create(StateDirectory state, SecureRandom random) throws IOException {
    String pem = Pem.encode(LABEL, Ed25519.generate(random).getPrivate().getEncoded());
    try {
      PrivateFile.create(state.checkpointKey(), pem, random);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its key is the installation's.
      return;
    }
  }

  private static CheckpointKey read(Path file) throws IOException {
    PrivateFile.whyOthersMayRead(file)
        .ifPresent(why -> {
          throw new LedgerException(why);
        });
    return parse(file);
  }

  private static CheckpointKey parse(Path file) throws IOException {
    return Pem.decode(LABEL, Files.readString(file, StandardCharsets.ISO_8859_1))
        .flatMap(Ed25519::fromPkcs8)
        .map(CheckpointKey::new)
        .orElseThrow(() ->
            new LedgerException(
                "The checkpoint key %s is not an Ed25519 key in PKCS#8 PEM; restore it from a backup."
                    .formatted(file)));
  }

  private void publish(Path file, SecureRandom random) throws IOException {
    if (!PrivateFile.isTaken(file)) {
      try {
        PrivateFile.create(file, publicKey.text() + "\n", random);
      } catch (FileAlreadyExistsException e) {
        // Another process was first; what it wrote is checked below.
      }
    }
    if (!Files.readString(file, StandardCharsets.ISO_8859_1).strip().equals(publicKey.text())) {
      throw new LedgerException(
          "The checkpoint key does not belong to its public half %s; restore the one that was replaced."
              .formatted(file));
    }
  }
}
