package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes events; the same event again raises its count. Events live for an hour, as with the API
/// server's `--event-ttl`, and there are never more than a thousand.
final class Recorder {
  private static final int MAX = 1_000;
  private static final Duration LIFE = Duration.ofHours(1);

  private final World world;
  private final Kind events;

  Recorder(World world) {
    this.world = world;
    this.events = world.kinds().of("events");
  }

  void normal(Kind kind, ObjectNode about, String source, String reason, String message) {
    record(kind, about, "", source, "Normal", reason, message);
  }

  void warning(Kind kind, ObjectNode about, String source, String reason, String message) {
    record(kind, about, "", source, "Warning", reason, message);
  }

  void record(
      Kind kind,
      ObjectNode about,
      String fieldPath,
      String source,
      String type,
      String reason,
      String message) {
    String namespace = Objects.namespace(about);
    ObjectNode involved = Json.object();
    involved.put("kind", kind.name());
    Objects.put(involved, "namespace", namespace);
    involved.put("name", Objects.name(about)).put("uid", Objects.uid(about));
    involved.put("apiVersion", kind.apiVersion());
    String name =
        Objects.name(about)
            + String.format(
                Locale.ROOT,
                ".%016x",
                (Objects.uid(about) + fieldPath + source + reason + message).hashCode()
                    & 0xFFFF_FFFFL);
    String home = namespace.isEmpty() ? "default" : namespace;
    Optional<ObjectNode> old = world.store().get(new Key("events", home, name));
    ObjectNode event = old.map(ObjectNode::deepCopy).orElseGet(Json::object);
    if (old.isEmpty()) {
      Json.child(event, "metadata").put("name", name).put("namespace", home);
      involved.put("resourceVersion", Json.text(about, "metadata", "resourceVersion"));
      Objects.put(involved, "fieldPath", fieldPath);
      event.set("involvedObject", involved);
      event.put("reason", reason).put("message", message);
      ObjectNode from = event.putObject("source").put("component", source);
      if (source.equals("kubelet")) {
        from.put("host", Json.text(about, "spec", "nodeName"));
      }
      event.put("firstTimestamp", Json.time(world.now())).put("type", type);
      event.putNull("eventTime").put("reportingComponent", source);
      event.put("reportingInstance", Json.text(from, "host"));
    }
    event.put("lastTimestamp", Json.time(world.now()));
    event.put("count", Json.number(event, 0, "count") + 1);
    if (old.isEmpty()) {
      world.registry().commit(events, world.registry().born(events, event, source));
    } else {
      world.registry().commit(events, event);
    }
  }

  /// Forgets what is older than an hour or too much.
  void expire() {
    List<ObjectNode> all = world.all("events");
    Instant limit = world.now().minus(LIFE);
    int over = all.size() - MAX;
    List<ObjectNode> sorted =
        all.stream()
            .sorted(
                java.util.Comparator.comparing(
                    (ObjectNode event) -> Json.text(event, "lastTimestamp")))
            .toList();
    for (ObjectNode event : sorted) {
      boolean old = Json.time(event, "lastTimestamp").map(limit::isAfter).orElse(false);
      if (!old && over <= 0) {
        return;
      }
      over--;
      world.store().remove(Key.of(events, event));
    }
  }
}
