package io.github.kubewicket.server.people;

import io.github.kubewicket.policy.settings.NotifierSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells people by a webhook, a file, or both. A message counts as told when every place that
/// `tools.yaml` names has taken it.
public final class Notifiers implements Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifiers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<NotifierSettings> settings;
  private @Nullable HttpClient client;

  /// Tells as these settings say at the moment of telling.
  public Notifiers(Supplier<NotifierSettings> settings) {
    this.settings = settings;
  }

  @Override
  public boolean tell(ObjectNode message) {
    try {
      NotifierSettings now = settings.get();
      return now.isConfigured()
          && now.file().map(file -> append(Path.of(file), message)).orElse(true)
          && now.webhook().map(address -> post(URI.create(address), message)).orElse(true);
    } catch (RuntimeException e) {
      // Some are told after the act, and its verdict must not be lost over that. What the exception
      // says may hold the webhook's address, which is a secret.
      LOG.warn("people could not be told: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  private static boolean append(Path file, ObjectNode message) {
    try {
      Files.writeString(
          file,
          message + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      LOG.warn("people could not be told in {}: {}", file, e.getMessage());
      return false;
    }
  }

  private boolean post(URI address, ObjectNode message) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(message.toString()))
            .build();
    try {
      // The timeout ends with the headers, so nothing behind them is read.
      HttpResponse<InputStream> answer = client().send(request, BodyHandlers.ofInputStream());
      answer.body().close();
      boolean taken = answer.statusCode() / 100 == 2;
      if (!taken) {
        LOG.warn(
            "people could not be told: {} answered {}", address.getHost(), answer.statusCode());
      }
      return taken;
    } catch (IOException e) {
      LOG.warn(
          "people could not be told: {} does not answer: {}", address.getHost(), e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = made;
    }
    return made;
  }
}
