package io.github.kubewicket.server.calendar;

import io.github.kubewicket.policy.window.CalendarAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches calendars over HTTP. Redirects are not followed and no proxy is used, so a request goes
/// where the policy file says and nowhere else. The whole answer has to be there in time, however
/// slowly it comes.
///
/// A fetch happens every five minutes at most, so each has a client of its own and leaves no thread
/// behind.
public final class HttpCalendars implements CalendarAddress {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration longest;

  /// With five seconds for each calendar.
  public HttpCalendars() {
    this(LONGEST);
  }

  HttpCalendars(Duration longest) {
    this.longest = longest;
  }

  @Override
  public String read(URI address, int mostBytes) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(longest)
            .build();
    try {
      HttpResponse<byte[]> response = send(client, address, mostBytes);
      if (response.statusCode() != 200) {
        boolean redirects = response.statusCode() / 100 == 3;
        throw new IOException(
            "answered "
                + response.statusCode()
                + (redirects ? ", and redirects are not followed" : ""));
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } finally {
      client.shutdownNow();
    }
  }

  private HttpResponse<byte[]> send(HttpClient client, URI address, int mostBytes)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "text/calendar").timeout(longest).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("did not answer in time", e);
    } catch (ExecutionException e) {
      // The cause may name the address, and its path may be the secret that opens the calendar.
      throw new IOException("could not be fetched, or is larger than 1 MiB", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was not waited for", e);
    } finally {
      answer.cancel(true);
    }
  }
}
