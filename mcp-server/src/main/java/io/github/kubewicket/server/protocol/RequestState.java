package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Answers that a client has given so far, on their way through the client: sealed, so that it can
/// give them back to any replica but not change them, use them for another request, hand them to
/// another caller, or keep them for long.
///
/// `base64url(answers) "." expiry in ms "." base64url(HMAC-SHA256)`; the code covers the first two
/// parts and what they are bound to.
public final class RequestState {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_LENGTH = 1 << 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;

  /// Seals with this key of at least 32 bytes, which all replicas share.
  public RequestState(byte[] key, InstantSource clock) {
    if (key.length < 32) {
      throw new IllegalArgumentException("The key for request states has at least 32 bytes.");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
  }

  /// What a state is bound to: the caller, the method and all parameters but the answers.
  static String binding(String caller, String method, ObjectNode params) {
    ObjectNode bound = JsonNodeFactory.instance.objectNode();
    for (String member : new String[] {"name", "uri", "arguments"}) {
      if (params.hasNonNull(member)) {
        bound.set(member, params.get(member));
      }
    }
    ObjectNode all =
        JsonNodeFactory.instance.objectNode().put("caller", caller).put("method", method);
    all.set("params", bound);
    return CanonicalJson.text(all);
  }

  /// Seals these answers.
  String seal(ObjectNode answers, String binding) {
    String text = base64(Json.bytes(answers)) + "." + clock.instant().plus(LIFE).toEpochMilli();
    return text + "." + base64(code(text, binding));
  }

  /// Opens a state; empty where it is not one of ours for this request, or too old.
  Optional<ObjectNode> open(String state, String binding) {
    int last = state.lastIndexOf('.');
    if (last < 0 || state.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String text = state.substring(0, last);
    try {
      byte[] code = Base64.getUrlDecoder().decode(state.substring(last + 1));
      if (!MessageDigest.isEqual(code, code(text, binding))) {
        return Optional.empty();
      }
      int dot = text.indexOf('.');
      Instant end = Instant.ofEpochMilli(Long.parseLong(text.substring(dot + 1)));
      JsonNode answers =
          Json.read(
              new String(
                  Base64.getUrlDecoder().decode(text.substring(0, dot)), StandardCharsets.UTF_8));
      return clock.instant().isBefore(end) && answers instanceof ObjectNode given
          ? Optional.of(given)
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private byte[] code(String text, String binding) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((text + "." + binding).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
