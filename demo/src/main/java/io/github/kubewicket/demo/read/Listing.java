package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Key;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists in pages. A page starts after the last object of the one before, so objects made or
/// deleted meanwhile move nothing.
public final class Listing {
  private static final String TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You must"
          + " start a new list without the continue parameter.";

  private final Store store;

  /// Lists the store.
  public Listing(Store store) {
    this.store = store;
  }

  /// One page.
  public Outcome<ObjectNode> list(
      Target target, Map<String, String> query, Representation representation) {
    return Selection.of(target.kind(), query)
        .then(selection ->
            start(target, query.getOrDefault("continue", ""))
                .then(start ->
                    page(
                        target,
                        selection,
                        start,
                        limit(query.getOrDefault("limit", "")),
                        representation)));
  }

  /// Everything that a request is about.
  public List<ObjectNode> all(Target target, Selection selection) {
    return store.list(target.kind().storedAs(), target.namespace()).stream()
        .filter(object ->
            target.name().isEmpty() || Json.text(object, "metadata", "name").equals(target.name()))
        .filter(selection::matches)
        .toList();
  }

  private record Start(Optional<Key> after, long revision) {}

  private Outcome<ObjectNode> page(
      Target target, Selection selection, Start start, int limit, Representation representation) {
    List<ObjectNode> rest =
        all(target, selection).stream()
            .filter(object ->
                start
                    .after()
                    .map(after -> Key.of(target.kind(), object).compareTo(after) > 0)
                    .orElse(true))
            .toList();
    List<ObjectNode> page = limit > 0 && rest.size() > limit ? rest.subList(0, limit) : rest;
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", Long.toString(start.revision()));
    if (page.size() < rest.size()) {
      metadata.put("continue", token(start.revision(), Key.of(target.kind(), page.getLast())));
      if (selection.labels().requirements().isEmpty()
          && selection.fields().requirements().isEmpty()) {
        metadata.put("remainingItemCount", rest.size() - page.size());
      }
    }
    return Outcome.done(representation.list(page, metadata));
  }

  private Outcome<Start> start(Target target, String token) {
    if (token.isEmpty()) {
      return Outcome.done(new Start(Optional.empty(), store.revision()));
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token));
      long revision = json.path("rv").asLong(-1);
      if (!store.remembers(revision)) {
        return Outcome.refused(Status.expired(TOO_OLD));
      }
      Key after =
          new Key(target.kind().storedAs(), Json.text(json, "namespace"), Json.text(json, "name"));
      return Outcome.done(new Start(Optional.of(after), revision));
    } catch (IllegalArgumentException | JacksonException e) {
      return Outcome.refused(Status.badRequest("continue key is not valid"));
    }
  }

  private static String token(long revision, Key last) {
    ObjectNode json = Json.object();
    json.put("v", "meta.k8s.io/v1").put("rv", revision);
    json.put("namespace", last.namespace()).put("name", last.name());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static int limit(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }
}
