package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.config.Yaml.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Bytes to text, strictly: UTF-8, and only the characters that YAML 1.2 allows in a file (5.1).
final class PolicyText {
  private PolicyText() {}

  /// The text, or empty with the first bad byte or character among the problems.
  static Optional<String> decode(byte[] bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      problems.add(
          end(text),
          "",
          bytes.length > 1 && (bytes[0] & bytes[1] & 0xfe) == 0xfe
              ? "The file is UTF-16; save it as UTF-8."
              : "A byte here is not UTF-8; save the file as UTF-8.");
      return Optional.empty();
    }
    int bad = firstForbidden(text);
    if (bad >= 0) {
      problems.add(
          end(text.substring(0, bad)),
          "",
          "The character "
              + String.format("U+%04X", text.codePointAt(bad))
              + " is invisible and not allowed in YAML; remove it.");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static int firstForbidden(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Place end(String before) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    String last = before.substring(before.lastIndexOf('\n') + 1);
    return new Place(line, 1 + last.codePointCount(0, last.length()));
  }
}
