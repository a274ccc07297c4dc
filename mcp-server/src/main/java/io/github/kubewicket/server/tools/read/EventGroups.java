package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.server.cluster.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups events that say the same about the same object: their messages differ in numbers, hashes
/// and times only.
final class EventGroups {
  private static final int MOST_GROUPS = 20_000;
  private static final int MOST_REASONS = 8;

  /// Warnings first, then the newest.
  static final Comparator<Group> ORDER =
      Comparator.comparing(Group::warning)
          .thenComparing(Group::last)
          .reversed()
          .thenComparing(Group::id);

  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, Integer> reasons = new HashMap<>();
  private int events;
  private int warnings;
  private boolean full;

  /// Events that say the same.
  ///
  /// @param id a digest of what they have in common
  /// @param newest the newest of them
  /// @param count how often in all
  record Group(String id, Event newest, int count) {
    boolean warning() {
      return newest.warning();
    }

    Instant last() {
      return newest.last();
    }
  }

  /// Takes one more. Answers false when there is no room for another group.
  boolean take(Event event) {
    events++;
    warnings += event.warning() ? 1 : 0;
    if (reasons.size() < 500 || reasons.containsKey(event.reason())) {
      reasons.merge(event.reason(), 1, Integer::sum);
    }
    String same =
        String.join(
            "\0",
            event.reason(),
            event.namespace(),
            event.kind(),
            event.name(),
            shape(event.message()));
    Group known = groups.get(same);
    if (known == null) {
      groups.put(same, new Group(digest(same), event, event.count()));
    } else {
      Event newest = event.last().isAfter(known.last()) ? event : known.newest();
      groups.put(same, new Group(known.id(), newest, known.count() + event.count()));
    }
    full = groups.size() >= MOST_GROUPS;
    return !full;
  }

  /// A message with every word that holds a digit replaced, so that counters and hashes are alike.
  static String shape(String message) {
    StringBuilder shape = new StringBuilder(message.length());
    int start = 0;
    boolean digit = false;
    for (int i = 0; i <= message.length(); i++) {
      char c = i < message.length() ? message.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '-') {
        digit |= c >= '0' && c <= '9';
        continue;
      }
      if (digit) {
        shape.append('#');
      } else {
        shape.append(message, start, i);
      }
      if (i < message.length()) {
        shape.append(c);
      }
      start = i + 1;
      digit = false;
    }
    return shape.toString();
  }

  /// FNV-1a with 64 bits: it only has to keep groups of one second apart.
  private static String digest(String same) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < same.length(); i++) {
      hash = (hash ^ same.charAt(i)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  /// All groups in order.
  List<Group> sorted() {
    List<Group> sorted = new ArrayList<>(groups.values());
    sorted.sort(ORDER);
    return sorted;
  }

  /// The most frequent reasons with the number of their events.
  Map<String, Integer> reasons() {
    Map<String, Integer> most = new LinkedHashMap<>();
    reasons.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_REASONS)
        .forEach(reason -> most.put(reason.getKey(), reason.getValue()));
    return most;
  }

  int events() {
    return events;
  }

  int warnings() {
    return warnings;
  }

  /// Whether reading stopped because there were too many.
  boolean full() {
    return full;
  }
}
