package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.PublicKeyText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signed statement that a ledger had this many entries and this head. Held anywhere else, it
/// proves later that nothing before it was changed or cut off.
///
/// On one line, after the idea of C2SP's tlog-checkpoint, with single spaces between the parts:
///
/// ```
/// kubewicket-checkpoint/v1 ORIGIN SIZE HEAD AT SIGNATURE
/// ```
///
/// The signature is Ed25519 over the line's UTF-8 bytes before the space that precedes it.
///
/// @param origin the key id of the installation's checkpoint key, `sha256:<hex>`
/// @param size how many entries there were, from 1
/// @param head the hash of entry number `size`, 64 hex digits
/// @param at ledger time of that entry, milliseconds, as ISO 8601 in UTC
/// @param signature 64 bytes in base64, padded
public record Checkpoint(String origin, long size, String head, Instant at, String signature) {
  private static final Pattern LINE =
      Pattern.compile(
          "kubewicket-checkpoint/v1 (sha256:[0-9a-f]{64}) ([1-9][0-9]{0,17}) ([0-9a-f]{64})"
              + " ([0-9T:.Z-]{20,30}) ([A-Za-z0-9+/]{86}==)");

  /// The checkpoint that the line spells, surrounding white space aside; empty where it spells
  /// none. Whether the signature is right is [#verifies]' business.
  public static Optional<Checkpoint> parse(String line) {
    Matcher parts = LINE.matcher(line.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Checkpoint checkpoint =
          new Checkpoint(
              parts.group(1),
              Long.parseLong(parts.group(2)),
              parts.group(3),
              Instant.parse(parts.group(4)),
              parts.group(5));
      // A second spelling of the same time would not be what was signed.
      return checkpoint.line().equals(line.strip()) ? Optional.of(checkpoint) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Every checkpoint that stands anywhere in the text, such as a log, in its order.
  public static List<Checkpoint> findAll(String text) {
    return LINE.matcher(text)
        .results()
        .map(match -> parse(match.group()))
        .flatMap(Optional::stream)
        .toList();
  }

  /// The line, without a line feed.
  public String line() {
    return signedText(origin, size, head, at) + " " + signature;
  }

  /// Whether this key signed it, under this key's name.
  public boolean verifies(PublicKeyText key) {
    return origin.equals(key.keyId())
        && Ed25519.verifies(
            key.key(),
            signedText(origin, size, head, at).getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(signature));
  }

  static String signedText(String origin, long size, String head, Instant at) {
    return "kubewicket-checkpoint/v1 " + origin + " " + size + " " + head + " " + at;
  }
}
