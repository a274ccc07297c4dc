package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.read.Form;
import io.github.kubewicket.demo.read.Listing;
import io.github.kubewicket.demo.read.Representation;
import io.github.kubewicket.demo.read.Selection;
import io.github.kubewicket.demo.read.Watch;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Creation;
import io.github.kubewicket.demo.write.DeleteOptions;
import io.github.kubewicket.demo.write.Removal;
import io.github.kubewicket.demo.write.Target;
import io.github.kubewicket.demo.write.Update;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From a method on a resource to the verb that it means.
public final class Resources {
  private final Store store;
  private final InstantSource clock;
  private final Creation creation;
  private final Update update;
  private final Removal removal;
  private final Subresources subresources;

  /// Works on the store.
  public Resources(
      Store store,
      InstantSource clock,
      Creation creation,
      Update update,
      Removal removal,
      Subresources subresources) {
    this.store = store;
    this.clock = clock;
    this.creation = creation;
    this.update = update;
    this.removal = removal;
    this.subresources = subresources;
  }

  Reply answer(Target target, Request request) {
    String sub = target.subresource();
    if (!sub.isEmpty() && !sub.equals("status")) {
      return subresources.answer(target, request);
    }
    Form form = Form.of(request.accept());
    if (form == Form.UNKNOWN) {
      return Reply.status(Status.notAcceptable());
    }
    Kind kind = target.kind();
    String verb = verb(target, request);
    boolean served = sub.isEmpty() || List.of("get", "update", "patch").contains(verb);
    if (!served || !kind.verbs().contains(verb)) {
      return Reply.status(Status.methodNotAllowed());
    }
    String include = request.query().getOrDefault("includeObject", "Metadata");
    Representation representation = new Representation(kind, form, include, clock.instant());
    return switch (verb) {
      case "list" ->
          Reply.of(200, new Listing(store).list(target, request.query(), representation));
      case "watch" -> watch(target, request, representation);
      case "get" -> Reply.of(200, get(target).then(found -> shown(representation, found)));
      case "create" -> {
        Outcome<ObjectNode> made =
            request.options().then(options -> creation.create(target, request.body(), options));
        yield Reply.of(201, made.then(object -> shown(representation, object)));
      }
      case "update" -> {
        Outcome<ObjectNode> changed =
            request.options().then(options -> update.replace(target, request.body(), options));
        yield Reply.of(200, changed.then(object -> shown(representation, object)));
      }
      case "patch" -> {
        Outcome<ObjectNode> changed =
            request
                .options()
                .then(options ->
                    update.patch(target, request.contentType(), request.body(), options));
        yield Reply.of(200, changed.then(object -> shown(representation, object)));
      }
      case "delete" ->
          Reply.of(200, deleteOptions(request).then(options -> removal.delete(target, options)));
      default -> Reply.of(200, deleteAll(target, request, representation));
    };
  }

  private static String verb(Target target, Request request) {
    boolean one = !target.name().isEmpty();
    boolean collectionOfOne = !target.kind().namespaced() || !target.namespace().isEmpty();
    return switch (request.method()) {
      case "GET" -> one ? "get" : request.flag("watch") ? "watch" : "list";
      case "POST" -> !one && collectionOfOne ? "create" : "";
      case "PUT" -> one ? "update" : "";
      case "PATCH" -> one ? "patch" : "";
      case "DELETE" -> one ? "delete" : collectionOfOne ? "deletecollection" : "";
      default -> "";
    };
  }

  private Outcome<ObjectNode> get(Target target) {
    Optional<ObjectNode> found = store.get(target.key());
    return found.isPresent()
        ? Outcome.done(found.get())
        : Outcome.refused(Status.notFound(target.kind(), target.name()));
  }

  private static Outcome<ObjectNode> shown(Representation representation, ObjectNode object) {
    return Outcome.done(representation.one(object));
  }

  private Reply watch(Target target, Request request, Representation representation) {
    return switch (Selection.of(target.kind(), request.query())) {
      case Outcome.Done<Selection>(Selection selection) ->
          new Reply.Stream(new Watch(store, target, selection, representation, request.query()));
      case Outcome.Refused<Selection>(Status status) -> Reply.status(status);
    };
  }

  private Outcome<ObjectNode> deleteAll(
      Target target, Request request, Representation representation) {
    return Selection.of(target.kind(), request.query())
        .then(selection ->
            deleteOptions(request)
                .then(options -> {
                  List<ObjectNode> all = new Listing(store).all(target, selection);
                  for (ObjectNode object : all) {
                    String name = Json.text(object, "metadata", "name");
                    Target one = new Target(target.kind(), target.namespace(), name, "");
                    if (removal.delete(one, options)
                        instanceof Outcome.Refused<ObjectNode> refused) {
                      return refused;
                    }
                  }
                  ObjectNode metadata = Json.object();
                  metadata.put("resourceVersion", Long.toString(store.revision()));
                  return Outcome.done(representation.list(all, metadata));
                }));
  }

  private static Outcome<DeleteOptions> deleteOptions(Request request) {
    JsonNode body;
    try {
      body = request.body().length == 0 ? Json.object() : Json.MAPPER.readTree(request.body());
    } catch (JacksonException e) {
      return Outcome.refused(Status.badRequest("json parse error: " + e.getOriginalMessage()));
    }
    String propagation = request.query().getOrDefault("propagationPolicy", "Background");
    return request.options().then(options -> DeleteOptions.of(body, propagation, options.dryRun()));
  }
}
