package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.identity.Authentication;
import io.github.kubewicket.server.identity.Challenges;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The door: every request of every path comes through here, where its host, its origin and its
/// caller are checked before anything is read of it. No exception becomes a body.
final class Front extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final int MAX_FRAMES = 8;

  private final HostGuard guard;
  private final Access access;
  private final Challenges challenges;
  private final McpEndpoint mcp;
  private final SseEndpoint sse;
  private final Traffic traffic;

  Front(
      HostGuard guard,
      Access access,
      Challenges challenges,
      McpEndpoint mcp,
      SseEndpoint sse,
      Traffic traffic) {
    this.guard = guard;
    this.access = access;
    this.challenges = challenges;
    this.mcp = mcp;
    this.sse = sse;
    this.traffic = traffic;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply = new Reply(response);
    try {
      handle(request, reply);
      callback.succeeded();
    } catch (IOException e) {
      // The client left or does not read; there is nobody to tell.
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (RuntimeException | Error e) {
      // Without the message: it may quote what a caller sent.
      LOG.error(
          "{} at {}",
          e.getClass().getName(),
          Arrays.stream(e.getStackTrace()).limit(MAX_FRAMES).toList());
      failed(response, reply, callback, e);
    } finally {
      traffic.answered(response.getStatus());
    }
    return true;
  }

  private void handle(Request request, Reply reply) throws IOException, InterruptedException {
    Optional<String> origin = Optional.ofNullable(request.getHeaders().get("Origin"));
    if (!guard.admitsHost(request)) {
      reply.refuse(421, "This server does not go by that name; see http.allowedHosts.");
    } else if (RepeatedHeaders.in(request)) {
      reply.refuse(400, "A header that may come only once comes twice.");
    } else if (!guard.admitsOrigin(origin) || HostGuard.isOfAnotherSite(request)) {
      reply.refuse(403, "Pages of this origin may not call; see http.allowedOrigins.");
    } else {
      Cors.allow(origin, guard, reply);
      if (request.getMethod().equals("OPTIONS")) {
        Cors.preflight(origin, guard, reply);
      } else {
        route(request, reply);
      }
    }
  }

  private void route(Request request, Reply reply) throws IOException, InterruptedException {
    String path = Request.getPathInContext(request);
    if (path.startsWith(Challenges.WELL_KNOWN)) {
      metadata(reply);
      return;
    }
    switch (path) {
      case "/mcp", "/sse", "/message" -> {
        switch (access.of(request)) {
          case Authentication.Known(Caller caller) ->
              serve(path, new Incoming(request, caller), reply);
          case Authentication.Refused refused ->
              reply
                  .header("WWW-Authenticate", challenges.unauthorized(refused))
                  .refuse(401, refused.description());
          case Authentication.Unavailable(String message) ->
              reply.header("Retry-After", "5").refuse(503, message);
        }
      }
      default -> reply.refuse(404, "There is nothing here; MCP is at /mcp.");
    }
  }

  private void serve(String path, Incoming incoming, Reply reply)
      throws IOException, InterruptedException {
    if (incoming.caller().scopes().isEmpty()) {
      reply
          .header("WWW-Authenticate", challenges.insufficientScope(Set.of(Caller.READ)))
          .refuse(403, "The credential has none of this server's scopes.");
      return;
    }
    switch (path) {
      case "/sse" -> sse.open(incoming, reply);
      case "/message" -> sse.message(incoming, reply);
      default -> mcp.handle(incoming, reply);
    }
  }

  private void metadata(Reply reply) throws IOException {
    Optional<ObjectNode> metadata = challenges.metadata();
    if (metadata.isPresent()) {
      reply.json(200, metadata.get());
    } else {
      reply.refuse(404, "No OAuth issuer is configured here.");
    }
  }

  private static void failed(Response response, Reply reply, Callback callback, Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure);
      return;
    }
    try {
      reply.refuse(500, "The request failed inside the server; its log on stderr says where.");
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
  }
}
