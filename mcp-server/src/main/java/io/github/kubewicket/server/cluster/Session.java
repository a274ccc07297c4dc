package io.github.kubewicket.server.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One HTTP client with one login. A session never changes; a new login is a new session.
final class Session {
  private final Login login;
  private final HttpClient client;
  private final String userAgent;
  private final String base;

  Session(Login login, HttpClient client, String userAgent) {
    this.login = login;
    this.client = client;
    this.userAgent = userAgent;
    String server = login.server().toString();
    this.base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
  }

  Login login() {
    return login;
  }

  /// Sends one request once and waits for the head of its answer.
  ///
  /// @param head until when the head has to be there
  /// @param whole until when the body may be read
  /// @throws IOException when the exchange fails
  Exchange exchange(ApiRequest request, Deadline head, Deadline whole) throws IOException {
    BodyStream body = new BodyStream(whole, login.address());
    CompletableFuture<HttpResponse<AsyncBody>> future =
        client.consumeBytes(build(request, head), body);
    try {
      HttpResponse<AsyncBody> answer = future.get(head.millisLeft(), TimeUnit.MILLISECONDS);
      body.start(answer.body());
      return new Exchange(answer.code(), answer.headers("Warning"), body);
    } catch (InterruptedException e) {
      abandon(future);
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    } catch (TimeoutException e) {
      abandon(future);
      throw new HttpTimeoutException("no answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> future) {
    var unused =
        future.whenComplete((head, failure) -> {
          if (head != null) {
            head.body().cancel();
          }
        });
  }

  private HttpRequest build(ApiRequest request, Deadline deadline) {
    if (request.as().isPresent() && !login.impersonate().isEmpty()) {
      // Of two users in one request, which one counts is nothing to rely on.
      throw new ClusterException(
          Reason.FORBIDDEN,
          "The kubeconfig's user impersonates somebody already, so no caller can be impersonated.",
          "Ask an operator to remove as, as-groups and as-user-extra from the kubeconfig's user.");
    }
    HttpRequest.Builder builder = client.newHttpRequestBuilder().uri(base + request.path());
    if (request.body().length > 0) {
      builder.method(
          request.method(),
          request.contentType().orElse(ApiRequest.JSON),
          new String(request.body(), StandardCharsets.UTF_8));
    } else {
      builder.method(request.method(), null, (String) null);
    }
    builder.timeout(deadline.millisLeft(), TimeUnit.MILLISECONDS);
    builder.setHeader("Accept", request.accept());
    builder.setHeader("User-Agent", userAgent);
    authorization().ifPresent(value -> builder.setHeader("Authorization", value));
    login
        .impersonate()
        .forEach((name, values) -> values.lines().forEach(value -> builder.header(name, value)));
    request
        .as()
        .ifPresent(
            identity -> identity.headers().forEach(it -> builder.header(it.name(), it.value())));
    return builder.build();
  }

  private Optional<String> authorization() {
    return login
        .tokenFile()
        .flatMap(Session::firstLine)
        .or(login::bearer)
        .map(token -> "Bearer " + token)
        .or(() ->
            login
                .basic()
                .map(pair ->
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
  }

  /// Projected tokens are rewritten every few minutes; reading a small file costs microseconds.
  private static Optional<String> firstLine(Path file) {
    try {
      return Files.readString(file).strip().lines().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// An answer whose body is still arriving.
  record Exchange(int status, List<String> warnings, BodyStream body) {}
}
