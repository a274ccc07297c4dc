package io.github.kubewicket.server.resource;

import io.github.kubewicket.server.catalogue.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The parts of a report on a namespace.
final class Pages {
  private static final int LONGEST = 240;
  private static final int MOST = 10;

  /// What a reader of a report can do without.
  private static final Set<String> LEFT_OUT = Set.of("Selector", "Images", "Containers");

  private Pages() {}

  /// The objects of a kind, unhealthy first; nothing where there are none.
  static void table(Markdown page, String title, @Nullable Reply reply, int rows) {
    if (reply == null || reply.error() || reply.structured().path("total").asInt(0) == 0) {
      return;
    }
    JsonNode list = reply.structured();
    List<Integer> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int at = 0;
    for (JsonNode column : list.path("columns")) {
      if (!LEFT_OUT.contains(column.asString(""))) {
        columns.add(at);
        names.add(column.asString(""));
      }
      at++;
    }
    page.gap()
        .line("## " + title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1))
        .line(states(list))
        .gap()
        .head(names);
    for (JsonNode row : list.path("rows").valueStream().limit(rows).toList()) {
      page.row(columns.stream().map(column -> row.path(column).asString("")).toList());
    }
    int more = list.path("total").asInt(0) - Math.min(rows, list.path("rows").size());
    if (more > 0) {
      page.gap().line(more + " more: call list_resources.");
    }
  }

  private static String states(JsonNode list) {
    List<String> states = new ArrayList<>();
    list.path("states")
        .properties()
        .forEach(state ->
            states.add(state.getValue().asString("") + " " + Markdown.quoted(state.getKey(), 60)));
    return list.path("total").asInt(0)
        + (states.isEmpty() ? "" : ": " + String.join(", ", states))
        + "; unhealthy first.";
  }

  /// Warning events, grouped.
  static void warnings(Markdown page, @Nullable Reply reply) {
    if (reply == null || reply.error()) {
      return;
    }
    page.gap().line("## Warnings");
    JsonNode groups = reply.structured().path("groups");
    if (groups.isEmpty()) {
      page.line("None in the events that Kubernetes still has.");
    }
    for (JsonNode group : groups) {
      page.line(
          "- %s × %s, %s, %s ago: %s"
              .formatted(
                  group.path("count").asString("1"),
                  Markdown.quoted(group.path("reason").asString(""), 80),
                  Markdown.quoted(group.path("object").asString(""), 160),
                  group.path("age").asString("?"),
                  Markdown.quoted(group.path("message").asString(""), LONGEST)));
    }
  }

  /// What was changed here through Kubewicket.
  static void changes(Markdown page, Changes.Recent recent, int most) {
    page.gap().line("## Changes through Kubewicket");
    if (recent.stories().isEmpty()) {
      page.line("None lately that you may see.");
    }
    for (Story story : recent.stories().stream().limit(most).toList()) {
      page.line(
          "- %s %s %s by %s: %s, %s"
              .formatted(
                  story.at(),
                  Markdown.quoted(story.first("tool").orElse(""), 60),
                  Markdown.quoted(story.target().map(Story.Target::describe).orElse(""), 200),
                  Markdown.quoted(story.caller(), 200),
                  story.state(),
                  story.id()));
    }
    if (recent.more() || recent.stories().size() > most) {
      page.line("- more: read " + Address.CHANGES);
    }
  }

  /// What is going to happen, and what is going on.
  static void planned(Markdown page, @Nullable Reply schedules, Optional<Reports.Seen> context) {
    table(page, "Schedules", schedules, MOST);
    if (context.isEmpty()) {
      return;
    }
    page.gap().line("## Around it, as seen from " + Markdown.quoted(context.get().workload(), 200));
    Reply reply = context.get().reply();
    if (reply.error()) {
      page.line("Not shown: " + message(reply));
      return;
    }
    JsonNode json = reply.structured();
    if (json.has("paused")) {
      page.line(
          "- all writes are paused: " + Markdown.quoted(json.path("paused").asString(""), LONGEST));
    }
    JsonNode around = json.path("around");
    for (String what : List.of("incidents", "backups", "deployments", "managers")) {
      JsonNode found = around.path(what);
      if (found.has("unknown")) {
        page.line(
            "- %s: unknown, %s"
                .formatted(what, Markdown.quoted(found.path("unknown").asString(""), LONGEST)));
      }
      for (JsonNode one : found.isArray() ? found : List.<JsonNode>of()) {
        page.line("- %s: %s".formatted(what, activity(one)));
      }
    }
    for (JsonNode window : json.path("windows").valueStream().limit(MOST).toList()) {
      page.line(
          "- window %s %s at %s"
              .formatted(
                  Markdown.quoted(window.path("name").asString(""), 80),
                  Markdown.quoted(window.path("what").asString(""), 60),
                  window.path("at").asString("")));
    }
  }

  private static String activity(JsonNode one) {
    String what = Markdown.quoted(one.path("what").asString(""), LONGEST);
    if (!one.has("from")) {
      return what;
    }
    return what
        + (one.path("predicted").asBoolean(false) ? ", due " : ", since ")
        + one.path("from").asString("")
        + (one.has("until") ? ", until " + one.path("until").asString("") : "");
  }

  /// What is missing, and why.
  static void unseen(Markdown page, Set<String> asked, Map<String, Reply> replies) {
    List<String> missing = new ArrayList<>();
    for (String what : asked) {
      Reply reply = replies.get(what);
      if (reply == null) {
        missing.add("- " + what + ": not answered in time");
      } else if (reply.error()) {
        missing.add("- " + what + ": " + message(reply));
      }
    }
    if (!missing.isEmpty()) {
      page.gap().line("## Not seen");
      missing.forEach(page::line);
    }
  }

  private static String message(Reply refused) {
    return Markdown.quoted(refused.structured().path("message").asString(""), LONGEST);
  }
}
