package io.github.kubewicket.server.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Takes out of an object what must not leave: Secret values, credentials in plain sight, and what
/// nobody needs (`managedFields`, last-applied). It goes by structure, so that a Secret is one
/// under any name and at any depth.
public final class Redaction {
  private static final Set<String> GONE =
      Set.of("managedFields", "kubectl.kubernetes.io/last-applied-configuration");
  private static final Set<String> KEPT_OF_A_SECRET =
      Set.of("apiVersion", "kind", "metadata", "type", "immutable");
  private static final String GZIP_IN_BASE64 = "H4sI";
  private static final Set<String> SECRET_KINDS = Set.of("secret", "secretlist");

  private Redaction() {}

  /// The same object, redacted in place.
  ///
  /// @param secret whether it came from an address that serves Secrets, whatever it calls itself
  public static ObjectNode object(ObjectNode object, boolean secret) {
    redact(object, secret);
    return object;
  }

  /// A text that people or agents will see: no control characters, no known secret.
  public static String text(String text) {
    String clean = Untrusted.clean(text);
    if (clean.startsWith(GZIP_IN_BASE64) && clean.length() > 100) {
      // Helm keeps its releases, values and all, like this.
      return SecretShapes.MASK
          + " compressed, "
          + text.length()
          + " characters "
          + SecretShapes.MASK;
    }
    if (holdsASecretManifest(clean)) {
      return SecretShapes.MASK
          + " a Secret's manifest, "
          + text.length()
          + " characters "
          + SecretShapes.MASK;
    }
    return SecretShapes.mask(clean);
  }

  private static void redact(ObjectNode object, boolean secret) {
    object.remove(GONE);
    if (secret && object.path("items").isArray()) {
      object.path("items").forEach(item -> ifObject(item, true));
      redactFields(object, Set.of("items"));
    } else if (secret || isSecret(object)) {
      if (object.path("items").isArray()) {
        redact(object, true);
      } else {
        redactSecret(object);
      }
    } else {
      redactFields(object, Set.of());
    }
  }

  private static void ifObject(JsonNode node, boolean secret) {
    if (node instanceof ObjectNode object) {
      redact(object, secret);
    }
  }

  private static void redactFields(ObjectNode object, Set<String> except) {
    boolean secretPair =
        object.path("name").isString() && SecretNames.secret(object.path("name").asString());
    boolean oddKeys = false;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey();
      JsonNode value = field.getValue();
      oddKeys |= !text(key).equals(key);
      if (except.contains(key)) {
        continue;
      }
      switch (value) {
        case ObjectNode nested when key.equals("binaryData") -> field.setValue(sizes(nested, true));
        case ObjectNode nested -> redact(nested, false);
        case ArrayNode array -> redactArray(array);
        case StringNode string -> {
          String text = string.stringValue();
          boolean hide =
              !text.isEmpty() && (SecretNames.secret(key) || (secretPair && key.equals("value")));
          String shown = hide ? SecretShapes.MASK : text(text);
          if (!shown.equals(text)) {
            field.setValue(StringNode.valueOf(shown));
          }
        }
        default -> {
          // Numbers, booleans and null: a secret is a string.
        }
      }
    }
    if (oddKeys) {
      rename(object);
    }
  }

  private static void redactArray(ArrayNode array) {
    boolean hideNext = false;
    for (int i = 0; i < array.size(); i++) {
      JsonNode item = array.get(i);
      if (item instanceof StringNode string) {
        String text = string.stringValue();
        String shown = hideNext ? SecretShapes.MASK : text(text);
        if (!shown.equals(text)) {
          array.set(i, StringNode.valueOf(shown));
        }
        // `--password hunter2` as two arguments.
        hideNext =
            text.startsWith("-") && text.indexOf('=') < 0 && SecretNames.secret(text.strip());
      } else {
        hideNext = false;
        if (item instanceof ArrayNode nested) {
          redactArray(nested);
        } else {
          ifObject(item, false);
        }
      }
    }
  }

  private static void redactSecret(ObjectNode secret) {
    List<String> names = new ArrayList<>();
    secret.propertyNames().forEach(names::add);
    for (String name : names) {
      if (name.equals("data") || name.equals("stringData")) {
        secret.set(name, sizes(secret.path(name), name.equals("data")));
      } else if (!KEPT_OF_A_SECRET.contains(name)) {
        secret.put(name, SecretShapes.MASK);
      }
    }
    if (secret.path("metadata") instanceof ObjectNode metadata) {
      redact(metadata, false);
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        metadata.set("annotations", sizes(annotations, false));
      }
    }
    if (secret.path("type").isString()) {
      secret.put("type", text(secret.path("type").asString()));
    }
  }

  private static ObjectNode sizes(JsonNode values, boolean base64) {
    ObjectNode sizes = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : values.properties()) {
      String value = field.getValue().asString("");
      sizes
          .putObject(text(field.getKey()))
          .put("bytes", base64 ? decodedLength(value) : utf8(value));
    }
    return sizes;
  }

  private static int decodedLength(String base64) {
    int length = base64.length();
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return Math.max(0, length / 4 * 3 - padding);
  }

  private static int utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  /// A Secret says so, or looks like one: string data and a type beside its metadata.
  private static boolean isSecret(ObjectNode object) {
    String kind = object.path("kind").asString("").strip().toLowerCase(Locale.ROOT);
    if (SECRET_KINDS.contains(kind)) {
      // A mere reference to a Secret has neither.
      return object.has("data") || object.has("items") || object.has("metadata");
    }
    return object.has("stringData")
        || (object.path("data").isObject()
            && object.path("type").isString()
            && object.has("metadata")
            && !object.has("spec"));
  }

  private static boolean holdsASecretManifest(String text) {
    int at = text.indexOf("Secret");
    while (at >= 0) {
      int before = at - 1;
      while (before >= 0 && " \t\"'\\:".indexOf(text.charAt(before)) >= 0) {
        before--;
      }
      if (before >= 3
          && text.regionMatches(true, before - 3, "kind", 0, 4)
          && text.substring(before + 1, at).indexOf(':') >= 0
          && !letterAt(text, at + "Secret".length())) {
        return text.contains("data") || text.contains("Data");
      }
      at = text.indexOf("Secret", at + 1);
    }
    return false;
  }

  private static boolean letterAt(String text, int at) {
    return at < text.length()
        && Character.isLetter(text.charAt(at))
        && !text.startsWith("List", at);
  }

  private static void rename(ObjectNode object) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = object.properties().iterator();
        all.hasNext(); ) {
      Map.Entry<String, JsonNode> field = all.next();
      fields.add(Map.entry(text(field.getKey()), field.getValue()));
    }
    object.removeAll();
    fields.forEach(field -> object.set(field.getKey(), field.getValue()));
  }
}
