package io.github.kubewicket.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// An issuer with a real key, which serves its keys over a real socket.
final class FakeIssuer implements AutoCloseable {
  static final String ISSUER = "https://login.example";
  static final String AUDIENCE = "https://kubewicket.example/mcp";

  private final HttpServer server;
  private final Instant now;
  final AtomicInteger asked = new AtomicInteger();
  volatile boolean away;
  volatile List<JWK> published = List.of();
  volatile RSAKey key;

  FakeIssuer(Instant now) throws IOException {
    this.now = now;
    key = rsa("one");
    published = List.of(key);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            byte[] body =
                new JWKSet(new ArrayList<>(published))
                    .toString(true)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : body.length);
            if (!away) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    server.start();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  OauthSettings settings() {
    return settings(OauthSettings.USUAL_ALGORITHMS);
  }

  OauthSettings settings(List<String> algorithms) {
    return new OauthSettings(
        "corp",
        ISSUER,
        AUDIENCE,
        "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
        algorithms,
        "sub",
        "groups",
        "scope",
        Set.of("kubewicket:read"),
        Set.of("kubewicket:write"));
  }

  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("ada")
        .expirationTime(Date.from(now.plusSeconds(600)))
        .claim("scope", "openid kubewicket:read")
        .claim("groups", List.of("sre"));
  }

  String token() {
    return token(it -> it);
  }

  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(key, JWSAlgorithm.RS256, JOSEObjectType.JWT, change.apply(claims()).build());
  }

  static String signed(
      RSAKey key, JWSAlgorithm algorithm, JOSEObjectType type, JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(type).build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// An entrance that takes the tokens of this issuer and no others.
  static HttpSettings taking(OauthSettings issuer) {
    HttpSettings usual = HttpSettings.USUAL;
    return new HttpSettings(
        Optional.of(URI.create(AUDIENCE)),
        usual.allowedOrigins(),
        usual.allowedHosts(),
        usual.tls(),
        usual.tokens(),
        List.of(issuer),
        usual.serviceAccounts(),
        usual.certificates());
  }
}
