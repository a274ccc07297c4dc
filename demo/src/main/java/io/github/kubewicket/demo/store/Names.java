package io.github.kubewicket.demo.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// Generated names, as `k8s.io/apimachinery/pkg/util/rand` makes them: no vowels, so that no words
/// come out.
public final class Names {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {}

  /// A random version 4 UUID.
  public static String uid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /// Five random characters.
  public static String suffix(RandomGenerator random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }

  /// A short name for the content of a template; the same content has the same name.
  public static String hash(JsonNode template) {
    int hash = 0x811C9DC5;
    for (byte b : template.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x01000193;
    }
    StringBuilder name = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      name.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return name.toString();
  }
}
