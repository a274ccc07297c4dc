package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where the next page begins: the key of the last row shown, so that rows which come and go in
/// between move nothing, bound to the query that it came from.
final class Cursor {
  private static final int DIGEST = 9;
  private static final char SEPARATOR = '\0';

  private final String query;

  /// A cursor of this tool and these arguments.
  Cursor(String tool, List<String> arguments) {
    this.query = tool + SEPARATOR + String.join(String.valueOf(SEPARATOR), arguments);
  }

  /// Writes a key.
  String write(List<String> key) {
    byte[] bytes = String.join(String.valueOf(SEPARATOR), key).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(digest(bytes));
    out.writeBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  /// Reads a key of this many parts and makes a place of it.
  ///
  /// @throws ClusterException `BAD_ARGS` when it was not written for this query
  <T> Optional<T> read(Optional<String> cursor, int parts, Function<List<String>, T> place) {
    if (cursor.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor.get());
      if (bytes.length > DIGEST) {
        byte[] key = Arrays.copyOfRange(bytes, DIGEST, bytes.length);
        String[] split =
            new String(key, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), -1);
        if (MessageDigest.isEqual(digest(key), Arrays.copyOf(bytes, DIGEST))
            && split.length == parts) {
          return Optional.of(place.apply(List.of(split)));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Not base64, or no key of ours.
    }
    throw new ClusterException(
        Reason.BAD_ARGS,
        "The cursor does not belong to this call.",
        "Pass a cursor exactly as it came, with the same other arguments; or leave it out.");
  }

  private byte[] digest(byte[] key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(query.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      return Arrays.copyOf(sha.digest(key), DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
