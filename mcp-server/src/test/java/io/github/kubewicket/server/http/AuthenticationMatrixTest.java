package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import io.github.kubewicket.server.identity.Identities;
import io.github.kubewicket.server.identity.TokenBook;
import io.github.kubewicket.server.identity.TokenReviews;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of credential that may come in at the door, with the status and the challenge that it
/// gets; the tokens are real ones.
class AuthenticationMatrixTest {
  private static final String RESOURCE = "https://kubewicket.example/mcp";
  private static final String ISSUER = "https://login.example";
  private static final String METADATA =
      "resource_metadata=\"https://kubewicket.example/.well-known/oauth-protected-resource/mcp\"";

  @TempDir Path directory;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private SqliteLedger ledger;
  private TokenBook tokens;
  private ECKey key;
  private Identities identities;
  private RunningHttp http;

  @BeforeEach
  void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    Path jwks =
        Files.writeString(directory.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
    HttpSettings settings =
        new HttpSettings(
            Optional.of(URI.create(RESOURCE)),
            List.of(),
            List.of(),
            Optional.empty(),
            true,
            List.of(
                new OauthSettings(
                    "corp",
                    ISSUER,
                    RESOURCE,
                    jwks.toString(),
                    OauthSettings.USUAL_ALGORITHMS,
                    "sub",
                    "groups",
                    "scope",
                    Set.of(Caller.READ),
                    Set.of(Caller.WRITE))),
            Optional.empty(),
            Optional.empty());
    ledger =
        new SqliteLedger(
            new StateDirectory(directory.resolve("state")),
            now::get,
            new SecureRandom(),
            CheckpointSink.none());
    tokens = new TokenBook(ledger, new SecureRandom());
    identities =
        new Identities(
            () -> settings,
            () -> ledger,
            (token, audience) -> new TokenReviews.Review.Rejected(),
            now::get);
    http = new RunningHttp(settings, identities, false);
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    identities.close();
    ledger.close();
  }

  @Test
  void asksWhoeverPresentsNothingForATokenAndSaysWhereTheyAreGivenOut() throws Exception {
    HttpResponse<String> answer = http.send(http.request(RunningHttp.INITIALIZE));

    String challenge = challenge(answer);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge)
        .startsWith("Bearer ")
        .contains(METADATA)
        .contains("scope=\"kubewicket:read\"")
        .doesNotContain("error=");
  }

  @Test
  void saysInItsMetadataWhoGivesTokensOut() throws Exception {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(http.uri("/.well-known/oauth-protected-resource/mcp")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RunningHttp.json(answer).path("resource").asString()).isEqualTo(RESOURCE);
    assertThat(RunningHttp.json(answer).path("authorization_servers").toString())
        .isEqualTo("[\"" + ISSUER + "\"]");
  }

  @Test
  void letsInWhoeverHasAGoodToken() throws Exception {
    assertThat(status(own("ada", true))).isEqualTo(200);
    assertThat(status(signed(claims()))).isEqualTo(200);
  }

  @Test
  void refusesEveryTokenThatIsNotGood() throws Exception {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("rubbish", "rubbish"),
            Map.entry("of our form", "kwt_aaaaaaaaaaaaaaaa_" + "A".repeat(43)),
            Map.entry("right id, wrong secret", own("eve", false).replaceAll(".{4}$", "AAAA")),
            Map.entry("expired", signed(claims().expirationTime(at(-3_600)))),
            Map.entry("without an end", signed(claims().expirationTime(null))),
            Map.entry("not yet good", signed(claims().notBeforeTime(at(3_600)))),
            Map.entry("another audience", signed(claims().audience("https://other.example"))),
            Map.entry("another issuer", signed(claims().issuer("https://evil.example"))),
            Map.entry("unsigned", new PlainJWT(claims().build()).serialize()),
            Map.entry("signed by another", signed(claims(), other())),
            Map.entry("signed with the public key as a secret", hmac(claims())),
            Map.entry("tampered with", tampered(signed(claims()))));

    for (Map.Entry<String, String> token : bad.entrySet()) {
      for (String path : List.of("/mcp", "/sse", "/message?sessionId=x")) {
        HttpResponse<String> answer =
            http.send(
                http.request(RunningHttp.INITIALIZE)
                    .uri(http.uri(path))
                    .header("Authorization", "Bearer " + token.getValue()));

        assertThat(answer.statusCode()).as(token.getKey()).isEqualTo(401);
        assertThat(challenge(answer))
            .as(token.getKey())
            .contains("error=\"invalid_token\"")
            .contains(METADATA);
        assertThat(answer.body() + challenge(answer)).doesNotContain(token.getValue());
      }
    }
  }

  @Test
  void refusesAnotherSchemeAndATokenInTheAddress() throws Exception {
    String good = own("ada", true);

    HttpResponse<String> basic =
        http.send(http.request(RunningHttp.INITIALIZE).header("Authorization", "Basic YTpi"));
    HttpResponse<String> address =
        http.send(http.request(RunningHttp.INITIALIZE).uri(http.uri("/mcp?access_token=" + good)));

    assertThat(basic.statusCode()).isEqualTo(401);
    assertThat(address.statusCode()).isEqualTo(401);
  }

  @Test
  void refusesARevokedAndAnExpiredTokenOfItsOwn() throws Exception {
    String revoked = own("ada", true);
    String expired = own("eve", true);
    int before = status(revoked);
    TokenBook.Result result = tokens.revoke("ada", "lost", "ops");
    now.updateAndGet(at -> at.plus(Duration.ofHours(2)));
    Thread.sleep(2_100);

    int after = status(revoked);

    assertThat(result).isInstanceOf(TokenBook.Result.Revoked.class);
    assertThat(before).isEqualTo(200);
    assertThat(after).isEqualTo(401);
    assertThat(status(expired)).isEqualTo(401);
  }

  @Test
  void asksForTheScopesThatAreMissingBeforeAnythingIsDone() throws Exception {
    String reader = own("reader", false);
    String session = http.session("Authorization", "Bearer " + reader);

    HttpResponse<String> read = http.send(call(session, reader, "fast"));
    HttpResponse<String> write = http.send(call(session, reader, "slow"));
    HttpResponse<String> none =
        http.send(
            http.request(RunningHttp.INITIALIZE)
                .header("Authorization", "Bearer " + signed(claims().claim("scope", "openid"))));

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(write.statusCode()).isEqualTo(403);
    assertThat(challenge(write))
        .contains("error=\"insufficient_scope\"")
        .contains("scope=\"kubewicket:read kubewicket:write\"")
        .contains(METADATA);
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(http.calls.requests).hasSize(1);
  }

  @Test
  void keepsASessionFromAnotherCallerWithAGoodToken() throws Exception {
    String session = http.session("Authorization", "Bearer " + own("ada", true));

    HttpResponse<String> stolen = http.send(call(session, signed(claims()), "fast"));

    assertThat(stolen.statusCode()).isEqualTo(404);
    assertThat(http.calls.requests).isEmpty();
  }

  @Test
  void goesOnWithASessionWhoseCallerHasANewToken() throws Exception {
    String session = http.session("Authorization", "Bearer " + signed(claims()));

    HttpResponse<String> renewed =
        http.send(call(session, signed(claims().expirationTime(at(7_200))), "fast"));

    assertThat(renewed.statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder call(String session, String token, String tool) {
    return http.request(
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{}}}\
            """
                .formatted(tool))
        .header("Mcp-Session-Id", session)
        .header("Authorization", "Bearer " + token);
  }

  private int status(String token) throws Exception {
    return http.send(
            http.request(RunningHttp.INITIALIZE).header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private String own(String name, boolean writes) {
    TokenBook.Result result =
        tokens.issue(new TokenBook.Wish(name, writes, Set.of(), Duration.ofHours(1), "ops"));
    return ((TokenBook.Result.Issued) result).secret();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("agent-7")
        .audience(RESOURCE)
        .claim("scope", "kubewicket:write")
        .expirationTime(at(3_600));
  }

  private Date at(long seconds) {
    return Date.from(now.get().plusSeconds(seconds));
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, key);
  }

  private static String signed(JWTClaimsSet.Builder claims, ECKey with) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims.build());
    jwt.sign(new ECDSASigner(with));
    return jwt.serialize();
  }

  private static ECKey other() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
  }

  private String hmac(JWTClaimsSet.Builder claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims.build());
    jwt.sign(
        new MACSigner(
            key.toPublicJWK().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return jwt.serialize();
  }

  private static String tampered(String token) {
    int dot = token.indexOf('.') + 5;
    char there = token.charAt(dot);
    return token.substring(0, dot) + (there == 'A' ? 'B' : 'A') + token.substring(dot + 1);
  }

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("");
  }
}
