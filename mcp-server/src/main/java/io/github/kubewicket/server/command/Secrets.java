package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.LedgerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Secrets for purposes of the server's own.
final class Secrets {
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private Secrets() {}

  /// A secret of this process.
  static byte[] random(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return secret;
  }

  /// A secret that everybody derives who has this file, and that tells nothing of it: a code over
  /// the purpose with the file as the key (as the expanding step of HKDF, RFC 5869).
  ///
  /// @throws LedgerException when the file cannot be read
  static byte[] derived(Path file, String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Files.readAllBytes(file), ALGORITHM));
      return mac.doFinal(("kubewicket " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new LedgerException(
          "The checkpoint key %s cannot be read; check KUBEWICKET_CHECKPOINT_KEY.".formatted(file),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", e);
    }
  }
}
