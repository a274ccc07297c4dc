package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/// The bearer tokens in the ledger. Every replica that shares it sees a change at once.
public final class TokenBook {
  /// How long a token lives where nobody says so.
  public static final Duration USUAL_LIFE = Duration.ofDays(90);

  /// How long one may live at most.
  public static final Duration LONGEST_LIFE = Duration.ofDays(366);

  private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int MOST = 10_000;
  private static final int LONGEST_REASON = 1_000;

  private final Ledger ledger;
  private final SecureRandom random;

  /// The tokens of this ledger.
  public TokenBook(Ledger ledger, SecureRandom random) {
    this.ledger = ledger;
    this.random = random;
  }

  /// What is asked for.
  ///
  /// @param name up to 63 lower-case letters, digits and dashes
  /// @param writes whether it is good for changes too
  /// @param groups up to 20, without blanks, none of Kubernetes' own
  /// @param life 1 minute to 366 days
  /// @param by who asks, for the record
  public record Wish(String name, boolean writes, Set<String> groups, Duration life, String by) {
    /// Copies the groups.
    public Wish {
      groups = Set.copyOf(groups);
    }
  }

  /// What came of it.
  public sealed interface Result {
    /// A token was made.
    ///
    /// @param secret the token as a whole; it is shown once and stored nowhere
    record Issued(Token token, String secret) implements Result {
      /// Keeps the secret out of logs.
      @Override
      public String toString() {
        return "Issued[" + token.id() + "]";
      }
    }

    /// A token was taken back.
    record Revoked(Token token) implements Result {}

    /// Nothing was recorded.
    ///
    /// @param message one sentence
    record Refused(String message) implements Result {}
  }

  /// Makes a token.
  ///
  /// @throws io.github.kubewicket.policy.ledger.LedgerException when the ledger cannot be written
  public Result issue(Wish wish) {
    Optional<String> fault = fault(wish);
    if (fault.isPresent()) {
      return new Result.Refused(fault.get());
    }
    TokenText text = TokenText.draw(random);
    return ledger.write(tx -> {
      Instant now = tx.now();
      boolean taken =
          tokens(tx).stream()
              .anyMatch(it ->
                  it.id().equals(text.id())
                      || (it.name().equals(wish.name()) && it.state(now) == Token.State.LIVING));
      if (taken) {
        return new Result.Refused(
            "There is a good token of that name already; revoke it first, or take another name.");
      }
      Token token =
          new Token(
              text.id(),
              wish.name(),
              text.sha256(),
              wish.writes() ? Set.of(Caller.READ, Caller.WRITE) : Set.of(Caller.READ),
              wish.groups(),
              now,
              now.plus(wish.life()).truncatedTo(ChronoUnit.SECONDS),
              Optional.empty());
      Entry unused = tx.append(EntryType.TOKEN_ISSUED, token.body(wish.by()));
      return new Result.Issued(token, text.whole());
    });
  }

  /// Takes a token back, for ever.
  ///
  /// @param which its id, or its name while it is good
  /// @param reason 1 to 1000 characters
  /// @throws io.github.kubewicket.policy.ledger.LedgerException when the ledger cannot be written
  public Result revoke(String which, String reason, String by) {
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      return new Result.Refused("A reason is a text of 1 to 1000 characters.");
    }
    return ledger.write(tx -> {
      List<Token> meant =
          tokens(tx).stream()
              .filter(it ->
                  it.id().equals(which)
                      || (it.name().equals(which) && it.state(tx.now()) == Token.State.LIVING))
              .toList();
      if (meant.size() != 1) {
        return new Result.Refused(
            meant.isEmpty()
                ? "There is no such token; `kubewicket token list` shows them all."
                : "That is the name of one token and the id of another; say the id.");
      }
      Token token = meant.getFirst();
      if (token.revoked().isPresent()) {
        return new Result.Refused(
            "The token was revoked already, at " + token.revoked().get() + ".");
      }
      Entry unused =
          tx.append(
              EntryType.TOKEN_REVOKED,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("subject", Token.SUBJECT + token.id())
                  .put("by", by)
                  .put("reason", why));
      return new Result.Revoked(token);
    });
  }

  /// All tokens there ever were, oldest first, at most the newest 10,000.
  ///
  /// @throws io.github.kubewicket.policy.ledger.LedgerException when the ledger cannot be read
  public List<Token> list() {
    return ledger.read(TokenBook::tokens);
  }

  /// The token with this id.
  static Optional<Token> find(LedgerView view, String id) {
    return view.about(EntryType.TOKEN_ISSUED, Token.SUBJECT + id, Instant.EPOCH, 1).stream()
        .findFirst()
        .flatMap(entry -> token(view, entry));
  }

  private static List<Token> tokens(LedgerView view) {
    List<Token> tokens = new ArrayList<>();
    for (Entry entry : view.ofType(EntryType.TOKEN_ISSUED, MOST)) {
      token(view, entry).ifPresent(tokens::add);
    }
    return tokens;
  }

  private static Optional<Token> token(LedgerView view, Entry issued) {
    Optional<Instant> revoked =
        view.about(EntryType.TOKEN_REVOKED, issued.text("subject"), Instant.EPOCH, 1).stream()
            .map(Entry::at)
            .findFirst();
    return Token.of(issued, revoked);
  }

  private static Optional<String> fault(Wish wish) {
    if (!NAME.matcher(wish.name()).matches()) {
      return Optional.of(
          "A token's name is up to 63 lower-case letters, digits and dashes, such as ci-shop.");
    }
    if (wish.life().compareTo(SHORTEST_LIFE) < 0 || wish.life().compareTo(LONGEST_LIFE) > 0) {
      return Optional.of("A token lives from a minute to 366 days, such as --expires 90d.");
    }
    return Groups.fault(wish.groups(), false).map(it -> "The groups do not fit: " + it + ".");
  }
}
