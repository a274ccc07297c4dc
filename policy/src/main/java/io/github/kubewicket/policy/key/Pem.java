package io.github.kubewicket.policy.key;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The textual encoding of RFC 7468: one labelled block of base64.
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /// The block with this label, such as `PRIVATE KEY`, with a final line feed.
  public static String encode(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(der), label);
  }

  /// The content of the first block with this label; empty where there is none or its base64 is
  /// damaged.
  public static Optional<byte[]> decode(String label, String text) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN "
                    + Pattern.quote(label)
                    + "-----([A-Za-z0-9+/=\\s]*)-----END "
                    + Pattern.quote(label)
                    + "-----")
            .matcher(text);
    if (!block.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
