package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.Session.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// HTTP exchanges over fabric8's client. A read is tried up to three times within its deadline; a
/// write is sent exactly once, whatever becomes of it.
final class Fabric8Api implements Api {
  private static final Duration LONGEST = Duration.ofSeconds(9);
  private static final int MAX_BODY = 64 << 20;
  private static final int ATTEMPTS = 3;
  private static final Set<Integer> WORTH_A_RETRY = Set.of(429, 500, 502, 503, 504);

  private final Sessions sessions;

  Fabric8Api(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public ApiAnswer send(ApiRequest request) {
    return run(
        request,
        LONGEST,
        answer -> {
          try (BodyStream body = answer.body()) {
            byte[] bytes = body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
              throw new ClusterException(
                  Reason.CLUSTER_ERROR,
                  "The API server's answer is larger than 64 MiB.",
                  "Ask for less: a namespace, a selector, a name.");
            }
            return new ApiAnswer(
                answer.status(),
                bytes,
                warnings(answer.warnings()),
                request.as().map(Identity::user));
          } catch (IOException e) {
            throw Failures.of(e, "the kubeconfig's context");
          }
        });
  }

  @Override
  public InputStream open(ApiRequest request) {
    return run(
        request,
        // A watch may last; its head may not.
        request.timeout().compareTo(LONGEST) > 0 ? request.timeout() : LONGEST,
        answer -> {
          if (answer.status() < 400) {
            return answer.body();
          }
          try (BodyStream body = answer.body()) {
            throw ApiErrors.of(
                new ApiAnswer(
                    answer.status(),
                    body.readNBytes(1 << 20),
                    List.of(),
                    request.as().map(Identity::user)));
          } catch (IOException e) {
            throw Failures.of(e, "the kubeconfig's context");
          }
        });
  }

  private <T> T run(ApiRequest request, Duration longest, Function<Exchange, T> use) {
    Deadline own = Deadline.in(request.timeout()).orSooner(longest);
    Deadline whole = CallTime.left().map(own::orSooner).orElse(own);
    Deadline head = whole.orSooner(LONGEST);
    boolean read = request.method().equals("GET");
    boolean renewed = false;
    Session session = sessions.current(head);
    for (int attempt = 1; ; attempt++) {
      boolean last = !read || attempt >= ATTEMPTS;
      Duration pause = Duration.ofMillis(100L * attempt * attempt);
      try {
        Exchange answer = session.exchange(request, head, whole);
        if (answer.status() == 401) {
          answer.body().close();
          var fresh = sessions.renew(session, head);
          if (!read || renewed || fresh.isEmpty()) {
            throw Failures.unauthorized(session.login().address());
          }
          renewed = true;
          session = fresh.get();
          continue;
        }
        if (last || !WORTH_A_RETRY.contains(answer.status()) || !head.leaves(pause)) {
          return use.apply(answer);
        }
        answer.body().close();
      } catch (IOException e) {
        if (last || !Failures.fleeting(e) || !head.leaves(pause)) {
          throw Failures.of(e, session.login().address());
        }
      }
      sleep(pause);
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
  }

  /// The texts of `Warning: 299 - "text"` headers.
  private static List<String> warnings(List<String> headers) {
    return headers.stream()
        .map(header -> {
          int from = header.indexOf('"');
          int to = header.lastIndexOf('"');
          return from >= 0 && to > from ? header.substring(from + 1, to) : header;
        })
        .map(Redaction::text)
        .limit(20)
        .toList();
  }
}
