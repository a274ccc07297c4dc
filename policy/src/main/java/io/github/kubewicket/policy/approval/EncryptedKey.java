package io.github.kubewicket.policy.approval;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// PKCS#8 under a passphrase by PBES2 (RFC 8018): PBKDF2 with HMAC-SHA-256, then AES-256-CBC.
///
/// The key is derived by PBKDF2 directly, not by the platform's "PBEWith…" ciphers, because those
/// take ASCII passphrases only; both give what OpenSSL gives for the same UTF-8 bytes.
final class EncryptedKey {
  /// What to do about a key file that is protected too weakly.
  static final String REMEDY =
      "protect it with \"openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 600000\"";

  /// OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256.
  private static final int ITERATIONS = 600_000;

  /// About ten seconds; a key file that asks for more is there to keep somebody waiting.
  private static final int MAX_ITERATIONS = 20_000_000;

  private static final String PBES2 = "PBEWithHmacSHA256AndAES_256";

  private EncryptedKey() {}

  /// What came of decrypting.
  sealed interface Decrypted {
    /// The PKCS#8 structure.
    record Plain(PKCS8EncodedKeySpec pkcs8) implements Decrypted {}

    /// Wrong passphrase or damaged content.
    record Garbled() implements Decrypted {}

    /// Not what this class makes; `why` goes on after the file's name.
    record Unsupported(String why) implements Decrypted {}
  }

  static byte[] encrypt(byte[] pkcs8, char[] passphrase, SecureRandom random) {
    byte[] salt = new byte[16];
    byte[] iv = new byte[16];
    random.nextBytes(salt);
    random.nextBytes(iv);
    PBEParameterSpec spec = new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv));
    try {
      byte[] content = aes(Cipher.ENCRYPT_MODE, spec, passphrase).doFinal(pkcs8);
      return Pbes2Der.encode(salt, ITERATIONS, iv, content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform cannot encrypt by PBES2.", e);
    }
  }

  static Decrypted decrypt(byte[] der, char[] passphrase) {
    PBEParameterSpec spec;
    byte[] content;
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      if (parameters == null || !PBES2.equals(parameters.toString())) {
        return new Decrypted.Unsupported(
            "is not protected by PBES2 with HMAC-SHA-256 and AES-256-CBC; " + REMEDY);
      }
      spec = parameters.getParameterSpec(PBEParameterSpec.class);
      content = info.getEncryptedData();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return new Decrypted.Unsupported("holds no encrypted PKCS#8 key; restore it from a backup");
    }
    if (spec.getIterationCount() < ITERATIONS || spec.getIterationCount() > MAX_ITERATIONS) {
      return new Decrypted.Unsupported(
          "derives its key with %d iterations, not %d or more; %s"
              .formatted(spec.getIterationCount(), ITERATIONS, REMEDY));
    }
    try {
      byte[] pkcs8 = aes(Cipher.DECRYPT_MODE, spec, passphrase).doFinal(content);
      return new Decrypted.Plain(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      return new Decrypted.Garbled();
    }
  }

  private static Cipher aes(int mode, PBEParameterSpec spec, char[] passphrase)
      throws GeneralSecurityException {
    PBEKeySpec keySpec = new PBEKeySpec(passphrase, spec.getSalt(), spec.getIterationCount(), 256);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(keySpec).getEncoded();
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), spec.getParameterSpec());
      Arrays.fill(key, (byte) 0);
      return cipher;
    } finally {
      keySpec.clearPassword();
    }
  }
}
