package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.settings.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kubewicket's own tokens, over a real ledger that can be taken away.
class BearerTokensTest {
  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private SqliteLedger ledger;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean away;
  private TokenBook book;
  private Identities identities;

  @BeforeEach
  void open() {
    ledger = another();
    book = new TokenBook(ledger, new SecureRandom());
    identities = identities();
  }

  @AfterEach
  void close() {
    identities.close();
    ledger.close();
  }

  @Test
  void knowsTheHolderOfATokenThatWasIssued() {
    String token = issue("ci-shop", true, Set.of("ci"));

    Authentication answer = ask(token);

    assertThat(answer)
        .isEqualTo(
            new Authentication.Known(
                new Caller("token:ci-shop", Set.of("ci"), Set.of(Caller.READ, Caller.WRITE))));
    assertThat(token).matches("kwt_[a-z2-7]{10}_[A-Za-z0-9_-]{43}");
  }

  @Test
  void aTokenForReadingHasNoOtherScope() {
    String token = issue("reader", false, Set.of());

    assertThat(((Authentication.Known) ask(token)).caller().scopes()).containsExactly(Caller.READ);
  }

  @Test
  void refusesAWrongSecretAlsoWhileTheRightOneIsRemembered() {
    String token = issue("a", false, Set.of());
    String other = issue("b", false, Set.of());
    String mixed = token.substring(0, 15) + other.substring(15);
    ask(token);

    assertThat(refused(mixed)).contains("no such token");
    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kwt_",
        "kwt_abcdefghij_",
        "kwt_abcdefghij_short",
        "kwt_ABCDEFGHIJ_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "kwt_abcdefghij_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=",
        "kwt_abcdefghij_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refusesWhatIsNotWhole(String token) {
    assertThat(refused(token)).contains("not a whole token");
    assertThat(reads).hasValue(0);
  }

  @Test
  void refusesATokenThatNobodyIssued() {
    assertThat(refused(TokenText.draw(new SecureRandom()).whole())).contains("no such token");
  }

  @Test
  void refusesATokenWhoseTimeIsOver() {
    String token = issue("a", false, Set.of());
    time.pass(Duration.ofDays(90).minusSeconds(1));
    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
    time.pass(Duration.ofSeconds(1));

    assertThat(refused(token)).contains("expired");
  }

  @Test
  void aClockThatIsSetBackRevivesNoToken() {
    String token = issue("a", false, Set.of());
    time.pass(Duration.ofDays(91));
    issue("b", false, Set.of());
    time.pass(Duration.ofDays(-2));

    assertThat(refused(token)).contains("expired");
  }

  @Test
  void seesARevocationByAnotherProcessWithinTwoSeconds() {
    String token = issue("a", false, Set.of());
    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
    try (SqliteLedger other = another()) {
      TokenBook.Result unused =
          new TokenBook(other, new SecureRandom()).revoke("a", "it leaked", "ada");
    }
    time.pass(Duration.ofSeconds(2));

    assertThat(refused(token)).contains("revoked");
  }

  @Test
  void asksTheLedgerOnceASecondForATokenThatCallsAllTheTime() {
    String token = issue("a", false, Set.of());
    for (int i = 0; i < 100; i++) {
      ask(token);
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void aGoodTokenStaysGoodForAQuarterOfAnHourWhileTheLedgerIsAway() {
    String token = issue("a", false, Set.of());
    String neverSeen = issue("b", false, Set.of());
    ask(token);
    away = true;
    time.pass(Duration.ofMinutes(14));

    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
    assertThat(ask(neverSeen)).isInstanceOf(Authentication.Unavailable.class);

    time.pass(Duration.ofMinutes(2));
    assertThat(ask(token)).isInstanceOf(Authentication.Unavailable.class);
  }

  @Test
  void aWrongSecretIsWrongAlsoWhileTheLedgerIsAway() {
    String token = issue("a", false, Set.of());
    String other = issue("b", false, Set.of());
    ask(token);
    away = true;
    time.pass(Duration.ofMinutes(1));

    assertThat(refused(token.substring(0, 15) + other.substring(15))).contains("no such token");
  }

  @Test
  void aTokenExpiresAlsoWhileTheLedgerIsAway() {
    String token =
        issued(new TokenBook.Wish("a", false, Set.of(), Duration.ofMinutes(5), "ada")).secret();
    ask(token);
    away = true;
    time.pass(Duration.ofMinutes(5));

    assertThat(refused(token)).contains("expired");
  }

  @Test
  void doesNotWaitForALedgerThatIsAwayMoreThanOnceASecond() {
    String token = issue("a", false, Set.of());
    ask(token);
    away = true;
    time.pass(Duration.ofMinutes(1));
    reads.set(0);
    for (int i = 0; i < 100; i++) {
      ask(token);
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void refusesItsOwnTokensWhereTheFileSaysSo() {
    String token = issue("a", false, Set.of());
    HttpSettings usual = HttpSettings.USUAL;
    HttpSettings off =
        new HttpSettings(
            usual.publicUrl(),
            usual.allowedOrigins(),
            usual.allowedHosts(),
            usual.tls(),
            false,
            usual.oauth(),
            usual.serviceAccounts(),
            usual.certificates());
    try (Identities closed = new Identities(() -> off, () -> ledger, JUNK, time, time)) {
      assertThat(closed.authenticate(bearer(token))).isInstanceOf(Authentication.Refused.class);
    }
    assertThat(ask(token)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void aNameIsUniqueAmongTheTokensThatAreGood() {
    issue("a", false, Set.of());

    assertThat(book.issue(wish("a"))).isInstanceOf(TokenBook.Result.Refused.class);

    TokenBook.Result unused = book.revoke("a", "rotated", "ada");
    assertThat(book.issue(wish("a"))).isInstanceOf(TokenBook.Result.Issued.class);
    time.pass(Duration.ofDays(91));
    assertThat(book.issue(wish("a"))).isInstanceOf(TokenBook.Result.Issued.class);
    assertThat(book.list())
        .extracting(it -> it.state(time.instant()))
        .containsExactly(Token.State.REVOKED, Token.State.EXPIRED, Token.State.LIVING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "-a", "a:b", "*", "a\nb"})
  void refusesANameThatDoesNotFit(String name) {
    assertThat(book.issue(wish(name))).isInstanceOf(TokenBook.Result.Refused.class);
  }

  @Test
  void refusesALifeAndGroupsOutOfBounds() {
    List<TokenBook.Wish> wishes =
        List.of(
            new TokenBook.Wish("a", false, Set.of(), Duration.ofDays(367), "ada"),
            new TokenBook.Wish("a", false, Set.of(), Duration.ZERO, "ada"),
            new TokenBook.Wish("a", false, Set.of("system:masters"), Duration.ofDays(1), "ada"),
            new TokenBook.Wish("a", false, Set.of("a\nb"), Duration.ofDays(1), "ada"));

    assertThat(wishes).allMatch(it -> book.issue(it) instanceof TokenBook.Result.Refused);
  }

  @Test
  void revokesByIdAndSaysWhatItDoesNotKnow() {
    TokenBook.Result.Issued made = issued(wish("a"));

    assertThat(book.revoke("nobody", "x", "ada")).isInstanceOf(TokenBook.Result.Refused.class);
    assertThat(book.revoke("a", " ", "ada")).isInstanceOf(TokenBook.Result.Refused.class);
    assertThat(book.revoke(made.token().id(), "it leaked", "ada"))
        .isInstanceOf(TokenBook.Result.Revoked.class);
    assertThat(book.revoke(made.token().id(), "again", "ada"))
        .isInstanceOf(TokenBook.Result.Refused.class);
  }

  @Test
  void noSecretIsInTheLedgerOrInAnyText() throws IOException {
    TokenBook.Result.Issued made = issued(wish("a"));
    String secret = made.secret().substring(15);
    ask(made.secret());
    TokenBook.Result unused = book.revoke("a", "it leaked", "ada");
    ledger.close();
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    ledger = another();

    assertThat(all.toString()).contains("token_issued").doesNotContain(secret);
    assertThat(made + "" + made.token() + ask(made.secret()) + bearer(made.secret()))
        .doesNotContain(secret);
  }

  private TokenBook.Wish wish(String name) {
    return new TokenBook.Wish(name, false, Set.of(), TokenBook.USUAL_LIFE, "ada");
  }

  private String issue(String name, boolean writes, Set<String> groups) {
    return issued(new TokenBook.Wish(name, writes, groups, TokenBook.USUAL_LIFE, "ada")).secret();
  }

  private TokenBook.Result.Issued issued(TokenBook.Wish wish) {
    return (TokenBook.Result.Issued) book.issue(wish);
  }

  private Authentication ask(String token) {
    return identities.authenticate(bearer(token));
  }

  private String refused(String token) {
    return ((Authentication.Refused) ask(token)).description();
  }

  private static Credentials bearer(String token) {
    return new Credentials(Optional.of(token), List.of());
  }

  private SqliteLedger another() {
    return new SqliteLedger(
        new StateDirectory(directory.resolve("state")),
        time,
        new SecureRandom(),
        CheckpointSink.none());
  }

  private Identities identities() {
    return new Identities(() -> HttpSettings.USUAL, () -> new Losable(), JUNK, time, time);
  }

  private static final TokenReviews JUNK =
      (token, audience) -> {
        throw new IllegalStateException("Kubernetes is not to be asked");
      };

  /// The ledger, unless it is away.
  private final class Losable implements Ledger {
    @Override
    public <T> T write(Function<LedgerTransaction, T> work) {
      return ledger.write(work);
    }

    @Override
    public <T> T read(Function<LedgerView, T> query) {
      reads.incrementAndGet();
      if (away) {
        throw new LedgerException("the database is away", new IOException("no route"));
      }
      return ledger.read(query);
    }

    @Override
    public void close() {}
  }
}
