package io.github.kubewicket.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Checks Kubewicket's own tokens. What the ledger says of one is remembered for a second, so a
/// revocation counts within two. While the ledger is away, a token that was seen to be good within
/// the last quarter of an hour stays good: reads go on, and whoever cannot reach the ledger cannot
/// write, nor revoke.
final class BearerTokens {
  private static final long FRESH = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
  private static final Duration GRACE = Duration.ofMinutes(15);
  private static final int MOST = 10_000;

  /// What the ledger said of a token.
  ///
  /// @param ledgerTime when, by the ledger
  /// @param at when, by the ticker
  private record Seen(Token token, Instant ledgerTime, long at) {}

  private static final int TURN_SECONDS = 2;

  /// Looks at a time: tokens that somebody made up must not take the ledger from those who write.
  private final Semaphore turns = new Semaphore(4);

  private final Supplier<Ledger> ledger;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Cache<String, Seen> seen;
  private final AtomicLong awayUntil;

  BearerTokens(Supplier<Ledger> ledger, InstantSource clock, Ticker ticker) {
    this.ledger = ledger;
    this.clock = clock;
    this.ticker = ticker;
    this.awayUntil = new AtomicLong(ticker.read());
    this.seen =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(GRACE).ticker(ticker).build();
  }

  /// Checks one token.
  Authentication check(String bearer) {
    Optional<TokenText> parsed = TokenText.parse(bearer);
    if (parsed.isEmpty()) {
      return Authentication.Refused.invalid("This is not a whole token; copy it again.");
    }
    TokenText text = parsed.get();
    Seen known = seen.getIfPresent(text.id());
    if (known != null && ticker.read() - known.at() < FRESH) {
      return verdict(known, text);
    }
    if (awayUntil.get() - ticker.read() > 0) {
      return known == null ? away() : verdict(known, text);
    }
    if (!turn()) {
      return known == null
          ? new Authentication.Unavailable("Too many tokens are being checked; try again.")
          : verdict(known, text);
    }
    try {
      return look(text);
    } catch (LedgerException e) {
      // Waiting for a database that does not answer would slow every call.
      awayUntil.set(ticker.read() + PATIENCE);
      return known == null ? away() : verdict(known, text);
    } finally {
      turns.release();
    }
  }

  private boolean turn() {
    try {
      return turns.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Authentication look(TokenText text) {
    long at = ticker.read();
    Optional<Seen> found =
        ledger
            .get()
            .read(view ->
                TokenBook.find(view, text.id()).map(token -> new Seen(token, view.now(), at)));
    if (found.isEmpty()) {
      return unknown();
    }
    // Only what the ledger has is remembered, so made-up ids cannot push good ones out.
    seen.put(text.id(), found.get());
    return verdict(found.get(), text);
  }

  private Authentication verdict(Seen known, TokenText text) {
    Token token = known.token();
    if (!Hashes.same(token.sha256(), text.sha256())) {
      return unknown();
    }
    Instant wall = clock.instant();
    Instant now = wall.isBefore(known.ledgerTime()) ? known.ledgerTime() : wall;
    return switch (token.state(now)) {
      case LIVING -> new Authentication.Known(token.caller());
      case EXPIRED ->
          Authentication.Refused.invalid(
              "The token expired at " + token.expires() + "; an operator makes a new one.");
      case REVOKED ->
          Authentication.Refused.invalid("The token was revoked; an operator makes a new one.");
    };
  }

  private static Authentication unknown() {
    return Authentication.Refused.invalid("This server has given out no such token.");
  }

  private static Authentication away() {
    return new Authentication.Unavailable(
        "The ledger, which knows the tokens, cannot be read now; call again in a moment.");
  }
}
