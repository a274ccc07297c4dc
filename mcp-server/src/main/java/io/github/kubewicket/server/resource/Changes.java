package io.github.kubewicket.server.resource;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.server.offer.ResourceAnswer;
import io.github.kubewicket.server.offer.ResourceText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The changes and requests in the ledger that a caller may be told of.
final class Changes {
  static final String TYPE = "application/json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// How far back the list looks, in entries of any type.
  private static final int ENTRIES = 2_000;

  private static final int MOST = 50;
  private static final int MOST_QUESTIONS = 20;

  /// A list does not wait longer for a slow cluster; what is not known by then is left out.
  private static final Duration FOR_QUESTIONS = Duration.ofSeconds(4);

  private final Supplier<Optional<Ledger>> ledger;
  private final Reach reach;

  /// @param ledger empty as long as nothing was ever recorded
  Changes(Supplier<Optional<Ledger>> ledger, Reach reach) {
    this.ledger = ledger;
    this.reach = reach;
  }

  /// One of them.
  ///
  /// @param uri as it was asked for
  /// @param budget bytes
  ResourceAnswer read(Caller caller, String id, String uri, int budget) {
    return story(caller, id)
        .<ResourceAnswer>map(story ->
            new ResourceAnswer.Found(new ResourceText(uri, TYPE, StoryJson.whole(story, budget))))
        // Whether there is one that the caller may not see is not told either.
        .orElseGet(
            () -> new ResourceAnswer.Missing("There is no change of this id that you may see."));
  }

  /// The story of one, where the caller may be told of it.
  Optional<Story> story(Caller caller, String id) {
    return ledger
        .get()
        .flatMap(it -> it.read(view -> Story.of(id, view)))
        .filter(story -> reach.holds(caller, story));
  }

  /// The list of the recent ones, newest first.
  ///
  /// @param uri as it was asked for
  /// @param budget bytes
  ResourceAnswer list(Caller caller, String uri, int budget) {
    Recent recent = recent(caller, story -> true);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode changes = json.putArray("changes");
    boolean truncated = recent.more();
    int room = budget - 160;
    for (Story story : recent.stories()) {
      ObjectNode line = StoryJson.line(story);
      room -= JSON.writeValueAsString(line).getBytes(StandardCharsets.UTF_8).length + 1;
      if (room < 0) {
        truncated = true;
        break;
      }
      changes.add(line);
    }
    json.put("truncated", truncated);
    return new ResourceAnswer.Found(new ResourceText(uri, TYPE, JSON.writeValueAsString(json)));
  }

  /// Some changes.
  ///
  /// @param stories newest first
  /// @param more whether there may be more that the caller could see
  record Recent(List<Story> stories, boolean more) {}

  /// The recent ones that the caller may be told of and that fit.
  Recent recent(Caller caller, Predicate<Story> fits) {
    List<Story> all =
        ledger.get().map(it -> it.<List<Story>>read(Changes::stories)).orElse(List.of()).stream()
            .filter(fits)
            .toList();
    Map<Story, Boolean> found = asked(caller, all);
    List<Story> told = new ArrayList<>();
    boolean more = false;
    for (Story story : all) {
      Optional<Boolean> holds =
          Optional.ofNullable(found.get(story)).or(() -> reach.known(caller, story));
      boolean full = told.size() == MOST;
      more |= holds.map(yes -> yes && full).orElse(true);
      if (holds.orElse(false) && !full) {
        told.add(story);
      }
    }
    return new Recent(List.copyOf(told), more);
  }

  /// What is found out about those of which it is not known, about a few and within a time.
  private Map<Story, Boolean> asked(Caller caller, List<Story> all) {
    Map<Story, Callable<Boolean>> questions = new LinkedHashMap<>();
    all.stream()
        .filter(story -> reach.known(caller, story).isEmpty())
        .limit(MOST_QUESTIONS)
        .forEach(story -> questions.put(story, () -> reach.holds(caller, story)));
    return AtOnce.answers(questions, FOR_QUESTIONS);
  }

  /// Whether something lies in this cluster; no where that cannot be told.
  ///
  /// @param cluster its name; empty where there is only one
  boolean within(String cluster, Story.Target target) {
    return reach.within(cluster, target);
  }

  private static List<Story> stories(LedgerView view) {
    long last = view.last().map(Entry::seq).orElse(0L);
    List<Entry> began = new ArrayList<>();
    view.forEach(
        Math.max(1, last - ENTRIES + 1),
        entry -> {
          if (entry.type() == EntryType.REQUESTED
              || (entry.type() == EntryType.INTENT && !entry.body().has("revertOf"))) {
            began.add(entry);
          }
        });
    Set<String> seen = new LinkedHashSet<>();
    List<Story> stories = new ArrayList<>();
    for (Entry entry : began.reversed()) {
      String id = Story.ids(entry).iterator().next();
      if (stories.size() < 4 * MOST && !seen.contains(id)) {
        Story.of(id, view)
            .ifPresent(story -> {
              story.entries().forEach(part -> seen.addAll(Story.ids(part)));
              stories.add(story);
            });
      }
    }
    return stories;
  }
}
