package io.github.kubewicket.policy.approval;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import io.github.kubewicket.policy.canonical.Digests;
import io.github.kubewicket.policy.canonical.StrictJson;
import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.PublicKeyText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A statement and its signature as a compact JWS (RFC 7515) with EdDSA (RFC 8037), which an agent
/// can carry but not make.
///
/// There is exactly one spelling of a signed statement: header and payload are canonical JSON and
/// base64url has no spare bits, so that nothing about a token can be changed and still verify.
public final class ApprovalToken {
  /// The `typ` of the header: a token of another kind is not taken for an approval.
  public static final String TYPE = "kubewicket-approval+jws";

  /// The longest token that is looked at, in characters.
  public static final int MAX_LENGTH = 4096;

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private static final Set<String> CLAIMS =
      Set.of("approver", "bindingDigest", "decision", "exp", "iat", "jti", "requestId");

  private ApprovalToken() {}

  /// What came of reading a token.
  public sealed interface Read {
    /// It has the form of a token. Nothing of it is to be believed before [#verifies] has said yes
    /// with a key that was looked up by `kid`.
    ///
    /// @param kid the key id of the signer, as the token claims
    /// @param statement the statement, as the token claims
    /// @param signed the part that is signed
    /// @param signature the signature in base64url
    record Parsed(String kid, ApprovalStatement statement, String signed, String signature)
        implements Read {
      /// Whether this key made the token.
      public boolean verifies(PublicKeyText key) {
        return kid.equals(key.keyId())
            && Ed25519.verifies(
                key.key(),
                signed.getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(signature));
      }
    }

    /// It is not a token.
    ///
    /// @param message one sentence that quotes nothing of the text
    record Malformed(String message) implements Read {}
  }

  /// The token for this statement, signed by this key.
  public static String sign(ApprovalStatement statement, ApproverKey key) {
    String signed = header(key.publicKey().keyId()) + "." + encode(payload(statement));
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64URL.encodeToString(signature);
  }

  /// Whether the text looks like a token rather than a request id. It may still be malformed.
  public static boolean looksLikeOne(String text) {
    return text.indexOf('.') >= 0;
  }

  /// Reads a token without believing it.
  public static Read parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return malformed("it is longer than " + MAX_LENGTH + " characters");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return malformed("it has not exactly three parts");
    }
    Optional<String> kid = decode(parts[0]).flatMap(ApprovalToken::kid);
    if (kid.isEmpty()) {
      return malformed("its header is not {\"alg\":\"EdDSA\",\"kid\":…,\"typ\":\"" + TYPE + "\"}");
    }
    Optional<ObjectNode> payload = decode(parts[1]).flatMap(StrictJson::canonicalObject);
    if (payload.isEmpty()) {
      return malformed("its payload is not canonical JSON in base64url");
    }
    if (bytes(parts[2]).filter(signature -> signature.length == 64).isEmpty()) {
      return malformed("its signature is not 64 bytes in base64url");
    }
    try {
      return new Read.Parsed(
          kid.get(), statement(payload.get()), parts[0] + "." + parts[1], parts[2]);
    } catch (IllegalArgumentException e) {
      return new Read.Malformed("The approval token is malformed: " + e.getMessage());
    }
  }

  private static ObjectNode payload(ApprovalStatement statement) {
    return StrictJson.newObject()
        .put("approver", statement.approver())
        .put("bindingDigest", statement.bindingDigest())
        .put("decision", statement.decision().word())
        .put("exp", statement.expiresAt().getEpochSecond())
        .put("iat", statement.issuedAt().getEpochSecond())
        .put("jti", statement.jti())
        .put("requestId", statement.requestId());
  }

  private static ApprovalStatement statement(ObjectNode payload) {
    if (!Set.copyOf(payload.propertyNames()).equals(CLAIMS)) {
      throw new IllegalArgumentException("A statement has exactly the members " + CLAIMS + ".");
    }
    if (!text(payload, "decision").equals(ApprovalStatement.Decision.APPROVE.word())) {
      throw new IllegalArgumentException("A statement's decision is \"approve\".");
    }
    return new ApprovalStatement(
        text(payload, "requestId"),
        text(payload, "bindingDigest"),
        ApprovalStatement.Decision.APPROVE,
        text(payload, "approver"),
        time(payload, "iat"),
        time(payload, "exp"),
        text(payload, "jti"));
  }

  private static String text(ObjectNode payload, String claim) {
    JsonNode value = payload.path(claim);
    if (!value.isString()) {
      throw new IllegalArgumentException("A statement's " + claim + " is a string.");
    }
    return value.stringValue();
  }

  private static Instant time(ObjectNode payload, String claim) {
    JsonNode value = payload.path(claim);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("A statement's " + claim + " is a number of seconds.");
    }
    // Bounded before it becomes an instant, whose own range ends earlier than a long's.
    return Instant.ofEpochSecond(Math.clamp(value.longValue(), -1, 1L << 40));
  }

  private static String header(String kid) {
    return encode(StrictJson.newObject().put("alg", "EdDSA").put("kid", kid).put("typ", TYPE));
  }

  /// The `kid` of a header that is spelled exactly as [#header] spells it.
  private static Optional<String> kid(String header) {
    return StrictJson.canonicalObject(header)
        .map(object -> object.path("kid").asString(""))
        .filter(Digests::isDigest)
        .filter(kid -> decode(header(kid)).equals(Optional.of(header)));
  }

  private static String encode(ObjectNode object) {
    return BASE64URL.encodeToString(CanonicalJson.bytes(object));
  }

  private static Optional<String> decode(String part) {
    return bytes(part)
        .flatMap(bytes -> {
          try {
            return Optional.of(
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
          } catch (CharacterCodingException e) {
            return Optional.empty();
          }
        });
  }

  private static Optional<byte[]> bytes(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      // The decoder forgives padding and spare bits; a token must not have a second spelling.
      return BASE64URL.encodeToString(bytes).equals(part) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Read malformed(String why) {
    return new Read.Malformed("The approval token is malformed: " + why + ".");
  }
}
