package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.logs.LogRequest;
import io.github.kubewicket.demo.logs.PodLog;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Eviction;
import io.github.kubewicket.demo.write.Scale;
import io.github.kubewicket.demo.write.Target;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The subresources that are more than a part of the object: log, eviction, scale.
public final class Subresources {
  private final Store store;
  private final InstantSource clock;
  private final PodLog logs;
  private final Eviction eviction;
  private final Scale scale;

  /// Works on the store.
  public Subresources(
      Store store, InstantSource clock, PodLog logs, Eviction eviction, Scale scale) {
    this.store = store;
    this.clock = clock;
    this.logs = logs;
    this.eviction = eviction;
    this.scale = scale;
  }

  Reply answer(Target target, Request request) {
    return switch (target.subresource() + " " + request.method()) {
      case "log GET" -> log(target, request);
      case "eviction POST" ->
          Reply.of(
              201,
              request
                  .options()
                  .then(options -> eviction.evict(target, request.body(), options.dryRun())));
      case "scale GET" -> Reply.of(200, scale.get(target));
      case "scale PUT" ->
          Reply.of(
              200,
              request.options().then(options -> scale.replace(target, request.body(), options)));
      case "scale PATCH" ->
          Reply.of(
              200,
              request
                  .options()
                  .then(options ->
                      scale.patch(target, request.contentType(), request.body(), options)));
      default -> Reply.status(Status.methodNotAllowed());
    };
  }

  private Reply log(Target target, Request request) {
    Optional<LogRequest> wanted = LogRequest.of(request.query(), clock.instant());
    Optional<ObjectNode> pod = store.get(target.key());
    if (wanted.isEmpty()) {
      return Reply.status(Status.badRequest("a number or a time in the query cannot be read"));
    }
    if (pod.isEmpty()) {
      return Reply.status(Status.notFound(target.kind(), target.name()));
    }
    return switch (logs.read(pod.get(), wanted.get())) {
      case Outcome.Done<byte[]>(byte[] text) -> new Reply.Body(200, "text/plain", text);
      case Outcome.Refused<byte[]>(Status status) -> Reply.status(status);
    };
  }
}
