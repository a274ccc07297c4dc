package io.github.kubewicket.policy.canonical;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Canonical JSON by RFC 8785 (JCS), so that one value has one spelling and one digest.
///
/// Restricted where the RFC leaves room for surprises: integers within ±(2^53-1), fractions that an
/// IEEE 754 double holds, text without lone surrogates, at most 100 levels deep. Everything else is
/// refused with an [IllegalArgumentException] that says where it stands.
public final class CanonicalJson {
  private static final int MAX_DEPTH = 100;

  private CanonicalJson() {}

  /// The canonical spelling.
  public static String text(JsonNode node) {
    StringBuilder out = new StringBuilder(256);
    write(node, "$", 0, out);
    return out.toString();
  }

  /// The canonical spelling in UTF-8.
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /// The digest `sha256:<hex>` over `domain`, a line feed and the canonical bytes. The domain, such
  /// as `kubewicket/binding/v1`, keeps a digest made for one purpose from standing in for another.
  public static String digest(String domain, JsonNode node) {
    if (domain.isEmpty() || domain.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("A digest's domain is one line that is not empty.");
    }
    MessageDigest sha256 = Digests.newSha256();
    sha256.update((domain + "\n").getBytes(StandardCharsets.UTF_8));
    return "sha256:" + HexFormat.of().formatHex(sha256.digest(bytes(node)));
  }

  private static void write(JsonNode node, String path, int depth, StringBuilder out) {
    if (depth > MAX_DEPTH) {
      throw refused(path, "it is nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (node.getNodeType()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(node.booleanValue());
      case STRING -> writeString(node.stringValue(), path, out);
      case NUMBER -> out.append(number(node, path));
      case ARRAY -> writeArray(node, path, depth, out);
      case OBJECT -> writeObject(node, path, depth, out);
      case BINARY, MISSING, POJO -> throw refused(path, "it is not a JSON value");
    }
  }

  private static void writeArray(JsonNode array, String path, int depth, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(array.get(i), path + "[" + i + "]", depth + 1, out);
    }
    out.append(']');
  }

  private static void writeObject(JsonNode object, String path, int depth, StringBuilder out) {
    // String's own order compares UTF-16 code units, which is the order that the RFC asks for.
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      String fieldPath = path + "." + field.getKey();
      writeString(field.getKey(), fieldPath, out);
      out.append(':');
      write(field.getValue(), fieldPath, depth + 1, out);
    }
    out.append('}');
  }

  private static void writeString(String text, String path, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
          } else if (!Character.isSurrogate(c)) {
            out.append(c);
          } else if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            throw refused(path, "its text has half of a surrogate pair, which no UTF-8 can hold");
          }
        }
      }
    }
    out.append('"');
  }

  private static String number(JsonNode node, String path) {
    try {
      return node.isIntegralNumber()
          ? CanonicalNumber.ofInteger(node.bigIntegerValue())
          : CanonicalNumber.ofFraction(node.decimalValue());
    } catch (RuntimeException e) {
      // Jackson has no decimal for NaN and the infinities and says so with an exception of its own.
      throw refused(
          path,
          "a number is an integer within 9007199254740991 either way, or a fraction that a double"
              + " holds");
    }
  }

  private static IllegalArgumentException refused(String path, String why) {
    String where = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    return new IllegalArgumentException(
        "The value at " + where + " has no canonical JSON: " + why + ".");
  }
}
