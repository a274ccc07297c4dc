package io.github.kubewicket.server.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The kinds of one discovery under all their names. An ambiguous name means the kind that comes
/// first, as in kubectl: core before the built-in groups before the rest.
final class Kinds {
  private final List<KindInfo> all;
  private final List<String> broken;
  private final Map<String, KindInfo> byName = new HashMap<>();

  /// @param served every kind in every served version, in order of precedence
  /// @param broken groups that did not answer
  Kinds(List<KindInfo> served, List<String> broken) {
    this.broken = List.copyOf(broken);
    Map<String, KindInfo> preferred = new LinkedHashMap<>();
    for (KindInfo kind : served) {
      preferred.putIfAbsent(kind.plural() + "." + kind.group(), kind);
    }
    this.all = List.copyOf(preferred.values());
    // Full names win over short ones, whichever group they are in.
    for (KindInfo kind : all) {
      put(kind.plural(), kind);
    }
    for (KindInfo kind : all) {
      put(kind.singular(), kind);
      put(kind.kind(), kind);
    }
    for (KindInfo kind : all) {
      kind.shortNames().forEach(name -> put(name, kind));
    }
    served.forEach(this::putQualified);
  }

  private void putQualified(KindInfo kind) {
    List<String> names = new ArrayList<>(List.of(kind.plural(), kind.singular(), kind.kind()));
    names.addAll(kind.shortNames());
    for (String name : names) {
      put(name + "." + kind.group(), kind);
      put(name + "." + kind.version() + "." + kind.group(), kind);
      put(kind.apiVersion() + "/" + name, kind);
    }
  }

  private void put(String name, KindInfo kind) {
    if (!name.isEmpty()) {
      byName.putIfAbsent(name.toLowerCase(Locale.ROOT), kind);
    }
  }

  /// The kind of this name, in any case.
  Optional<KindInfo> find(String name) {
    return Optional.ofNullable(byName.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  List<KindInfo> all() {
    return all;
  }

  List<String> broken() {
    return broken;
  }

  /// Up to three names that differ in a few letters.
  List<String> near(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    if (wanted.length() > 63) {
      return List.of();
    }
    int allowed = Math.max(1, wanted.length() / 3);
    record Near(String plural, int distance) {}
    List<Near> near = new ArrayList<>();
    for (KindInfo kind : all) {
      int best =
          List.of(kind.plural(), kind.singular(), kind.kind().toLowerCase(Locale.ROOT)).stream()
              .mapToInt(known -> known.startsWith(wanted) ? 1 : distance(wanted, known))
              .min()
              .orElse(Integer.MAX_VALUE);
      if (best <= allowed) {
        near.add(new Near(kind.plural(), best));
      }
    }
    return near.stream()
        .sorted(Comparator.comparingInt(Near::distance))
        .map(Near::plural)
        .distinct()
        .limit(3)
        .toList();
  }

  /// Levenshtein's distance.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
