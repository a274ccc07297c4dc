package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.Pem;
import io.github.kubewicket.policy.key.PrivateFile;
import io.github.kubewicket.policy.key.PublicKeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/// A person's signing key, which stays in a file under a passphrase: PKCS#8 in PEM, as OpenSSL
/// reads and writes it too.
public final class ApproverKey {
  /// The shortest passphrase that protects a new key, in characters.
  public static final int MIN_PASSPHRASE = 12;

  private static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final int MAX_FILE = 16 << 10;

  private final PrivateKey privateKey;
  private final PublicKeyText publicKey;

  private ApproverKey(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    this.publicKey = PublicKeyText.of(pair.getPublic());
  }

  /// What came of making a key.
  public sealed interface Made {
    /// The file is there; this is what goes into `tools.yaml`.
    record Created(PublicKeyText publicKey) implements Made {}

    /// Nothing was written.
    ///
    /// @param message one sentence that says why
    record Refused(String message) implements Made {}
  }

  /// What came of opening a key.
  public sealed interface Opened {
    /// It can sign.
    record Usable(ApproverKey key) implements Opened {}

    /// The passphrase is another one, or the file is damaged; nobody can tell which.
    ///
    /// @param message one sentence that says so
    record WrongPassphrase(String message) implements Opened {}

    /// No passphrase would help.
    ///
    /// @param message one sentence that says why
    record Refused(String message) implements Opened {}
  }

  /// Makes a key and writes it to a new file of mode 0600. The caller wipes the passphrase.
  public static Made create(Path file, char[] passphrase, SecureRandom random) {
    if (Character.codePointCount(passphrase, 0, passphrase.length) < MIN_PASSPHRASE) {
      return new Made.Refused(
          "A passphrase has at least "
              + MIN_PASSPHRASE
              + " characters; four random words are good.");
    }
    if (PrivateFile.isTaken(file)) {
      return taken(file);
    }
    KeyPair pair = Ed25519.generate(random);
    byte[] der = EncryptedKey.encrypt(pair.getPrivate().getEncoded(), passphrase, random);
    try {
      PrivateFile.create(file, Pem.encode(LABEL, der), random);
      return new Made.Created(PublicKeyText.of(pair.getPublic()));
    } catch (FileAlreadyExistsException e) {
      return taken(file);
    } catch (IOException | UnsupportedOperationException e) {
      return new Made.Refused("The key file %s cannot be written: %s.".formatted(file, e));
    }
  }

  /// Makes a key that is kept nowhere, for rehearsals. Nobody trusts it: no `tools.yaml` names it.
  public static ApproverKey passing(SecureRandom random) {
    return new ApproverKey(Ed25519.generate(random));
  }

  /// Opens a key file. The caller wipes the passphrase.
  public static Opened open(Path file, char[] passphrase) {
    String text;
    try {
      if (!Files.isRegularFile(file)) {
        return new Opened.Refused(
            "There is no key file %s; make one with \"kubewicket key new\".".formatted(file));
      }
      Optional<String> tooOpen = PrivateFile.whyOthersMayRead(file);
      if (tooOpen.isPresent()) {
        return new Opened.Refused(tooOpen.get());
      }
      if (Files.size(file) > MAX_FILE) {
        return notAKey(file);
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException | UnsupportedOperationException e) {
      return new Opened.Refused("The key file %s cannot be read: %s.".formatted(file, e));
    }
    Optional<byte[]> der = Pem.decode(LABEL, text);
    if (der.isPresent()) {
      return decrypt(file, der.get(), passphrase);
    }
    return text.contains("-----BEGIN PRIVATE KEY-----")
        ? new Opened.Refused(
            "The key in %s is not under a passphrase; %s.".formatted(file, EncryptedKey.REMEDY))
        : notAKey(file);
  }

  /// The public half.
  public PublicKeyText publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] message) {
    return Ed25519.sign(privateKey, message);
  }

  private static Opened decrypt(Path file, byte[] der, char[] passphrase) {
    return switch (EncryptedKey.decrypt(der, passphrase)) {
      case EncryptedKey.Decrypted.Plain(PKCS8EncodedKeySpec pkcs8) ->
          Ed25519.fromPkcs8(pkcs8.getEncoded())
              .<Opened>map(pair -> new Opened.Usable(new ApproverKey(pair)))
              .orElseGet(() -> notEd25519(file, pkcs8.getEncoded()));
      case EncryptedKey.Decrypted.Garbled() -> wrongPassphrase(file);
      case EncryptedKey.Decrypted.Unsupported(String why) ->
          new Opened.Refused("The key file %s %s.".formatted(file, why));
    };
  }

  private static Opened notEd25519(Path file, byte[] pkcs8) {
    // One wrong passphrase in 256 ends in valid padding by chance; what comes out is then hardly
    // ever the DER sequence that every other key begins with.
    boolean sequence = pkcs8.length > 0 && pkcs8[0] == 0x30;
    return sequence ? notAKey(file) : wrongPassphrase(file);
  }

  private static Opened wrongPassphrase(Path file) {
    return new Opened.WrongPassphrase(
        "The passphrase does not open %s, or the file is damaged.".formatted(file));
  }

  private static Made taken(Path file) {
    return new Made.Refused(
        "There is a file %s already and it is left alone; choose another name.".formatted(file));
  }

  private static Opened notAKey(Path file) {
    return new Opened.Refused(
        "The file %s is not an Ed25519 key under a passphrase; make one with \"kubewicket key new\"."
            .formatted(file));
  }
}
