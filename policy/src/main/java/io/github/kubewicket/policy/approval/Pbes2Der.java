package io.github.kubewicket.policy.approval;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;

/// Writes the DER of an `EncryptedPrivateKeyInfo` (RFC 5958) whose algorithm is PBES2 (RFC 8018).
/// The Java platform reads it, but its own writer does not know the algorithm's name.
final class Pbes2Der {
  private static final byte[] PBES2 = oid("2a864886f70d01050d");
  private static final byte[] PBKDF2 = oid("2a864886f70d01050c");
  private static final byte[] HMAC_SHA256 = oid("2a864886f70d0209");
  private static final byte[] AES_256_CBC = oid("60864801650304012a");
  private static final byte[] NULL = {5, 0};

  private Pbes2Der() {}

  static byte[] encode(byte[] salt, int iterations, byte[] iv, byte[] content) {
    byte[] pseudoRandom = sequence(HMAC_SHA256, NULL);
    byte[] derivation =
        sequence(PBKDF2, sequence(octets(salt), integer(iterations), integer(32), pseudoRandom));
    byte[] encryption = sequence(AES_256_CBC, octets(iv));
    byte[] algorithm = sequence(PBES2, sequence(derivation, encryption));
    return sequence(algorithm, octets(content));
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return tagged(0x30, all.toByteArray());
  }

  private static byte[] octets(byte[] value) {
    return tagged(0x04, value);
  }

  private static byte[] integer(int value) {
    return tagged(0x02, BigInteger.valueOf(value).toByteArray());
  }

  private static byte[] oid(String hex) {
    return tagged(0x06, HexFormat.of().parseHex(hex));
  }

  private static byte[] tagged(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length > 255) {
      throw new IllegalArgumentException("An Ed25519 key never needs more than 255 bytes.");
    }
    if (value.length > 127) {
      out.write(0x81);
    }
    out.write(value.length);
    out.writeBytes(value);
    return out.toByteArray();
  }
}
