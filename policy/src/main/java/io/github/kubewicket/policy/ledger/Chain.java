package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// How one entry's hash holds on to the one before it.
final class Chain {
  /// What the first entry has as `prev`, and the head of an empty ledger.
  static final String START = "0".repeat(64);

  private static final String DOMAIN = "kubewicket/ledger/v1\n";

  private Chain() {}

  /// SHA-256 over the domain, then `prev`, `seq`, `at` and `type` each on a line of its own, then
  /// the body. None of the four can hold a line feed, so no two entries give the same bytes.
  static String hash(String prev, long seq, long atMillis, String type, String canonicalBody) {
    MessageDigest sha256 = Digests.newSha256();
    String head = DOMAIN + prev + "\n" + seq + "\n" + atMillis + "\n" + type + "\n";
    sha256.update(head.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha256.digest(canonicalBody.getBytes(StandardCharsets.UTF_8)));
  }
}
