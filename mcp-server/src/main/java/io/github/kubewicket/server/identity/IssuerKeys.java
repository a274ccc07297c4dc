package io.github.kubewicket.server.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An issuer's keys (RFC 7517): remembered for five minutes, asked for again a minute before that
/// and for a key that is not among them, at most twice in ten seconds; kept for an hour while the
/// issuer is away.
final class IssuerKeys {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MOST_BYTES = 65_536;
  private static final long LIFE = Duration.ofMinutes(5).toMillis();
  private static final long REFRESH_TIMEOUT = Duration.ofSeconds(15).toMillis();
  private static final long AHEAD = Duration.ofMinutes(1).toMillis();
  private static final long INTERVAL = Duration.ofSeconds(10).toMillis();
  private static final long OUTAGE = Duration.ofHours(1).toMillis();

  private IssuerKeys() {}

  /// The keys at this place.
  ///
  /// @param where an address, or an absolute path
  static JWKSource<SecurityContext> of(String where) {
    return builder(where)
        .cache(LIFE, REFRESH_TIMEOUT)
        // Threads of its own would keep the process from ending.
        .refreshAheadCache(
            AHEAD, null, Executors.newVirtualThreadPerTaskExecutor(), true, null, false)
        .rateLimited(INTERVAL)
        .retrying(true)
        .outageTolerant(OUTAGE)
        .build();
  }

  private static JWKSourceBuilder<SecurityContext> builder(String where) {
    if (where.startsWith("/")) {
      return JWKSourceBuilder.create(new KeyFile(Path.of(where)));
    }
    try {
      DefaultResourceRetriever retriever =
          new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
      return JWKSourceBuilder.create(URI.create(where).toURL(), retriever);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("tools.yaml lets no such address through", e);
    }
  }

  /// Keys in a file.
  private record KeyFile(Path file) implements JWKSetSource<SecurityContext> {
    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
        throws KeySourceException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new JWKSetUnavailableException("the file is too large");
        }
        return JWKSet.parse(new String(bytes, StandardCharsets.UTF_8));
      } catch (IOException | ParseException e) {
        throw new JWKSetUnavailableException("the file cannot be read", e);
      }
    }

    @Override
    public void close() {
      // Nothing stays open.
    }
  }
}
