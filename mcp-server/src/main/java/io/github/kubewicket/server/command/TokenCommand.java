package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.identity.Token;
import io.github.kubewicket.server.identity.TokenBook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Bearer tokens of callers over HTTP. The ledger holds their hashes, so every replica that shares
/// it knows them, and the audit shows who gave out which.
@Command(
    name = "token",
    description = "Give out, list and revoke the bearer tokens of callers over HTTP.",
    mixinStandardHelpOptions = true,
    subcommands = {TokenCommand.New.class, TokenCommand.ListAll.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
  private static final Pattern LIFE = Pattern.compile("([0-9]{1,6})([dhm])");

  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Override
  public void run() {
    Parents.of(kubewicket).out().println("Usage: kubewicket token new|list|revoke");
  }

  /// Makes a token.
  @Command(
      name = "new",
      description = "Make a token; it is printed once, and only its hash is kept.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {
    @ParentCommand private @Nullable TokenCommand token;

    @Parameters(paramLabel = "NAME", description = "What its callers are called after: token:NAME.")
    private String name = "";

    @Option(
        names = "--scope",
        paramLabel = "read|write",
        description = "What it is good for; write includes read. Default: read.")
    private String scope = "read";

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "How long it lives, such as 12h or 30d; at most 366d. Default: 90d.")
    private @Nullable String expires;

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = "A group that its callers are in; may be repeated.")
    private List<String> groups = List.of();

    @Override
    public Integer call() {
      Optional<Duration> life =
          expires == null ? Optional.of(TokenBook.USUAL_LIFE) : TokenCommand.life(expires);
      if (life.isEmpty() || !List.of("read", "write").contains(scope)) {
        System.err.println(
            life.isEmpty()
                ? "kubewicket: --expires is a number with d, h or m, such as 90d."
                : "kubewicket: --scope is read or write.");
        return 2;
      }
      TokenBook.Wish wish =
          new TokenBook.Wish(
              name,
              scope.equals("write"),
              new HashSet<>(groups),
              life.get(),
              System.getProperty("user.name", ""));
      Kubewicket parent = Parents.of(Parents.of(token).kubewicket);
      return with(
          parent,
          wiring ->
              switch (wiring.tokens().issue(wish)) {
                case TokenBook.Result.Issued(Token made, String secret) -> {
                  System.err.println(
                      "kubewicket: token:"
                          + made.name()
                          + " ("
                          + made.id()
                          + ", "
                          + scopes(made)
                          + ") lives until "
                          + made.expires()
                          + ". It is shown only now:");
                  parent.out().println(secret);
                  yield 0;
                }
                case TokenBook.Result.Refused(String message) -> refused(message);
                case TokenBook.Result.Revoked _ -> refused("Nothing was made.");
              });
    }
  }

  /// Lists the tokens.
  @Command(
      name = "list",
      description = "List the tokens there ever were; none of them is shown.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @ParentCommand private @Nullable TokenCommand token;

    @Override
    public Integer call() {
      Kubewicket parent = Parents.of(Parents.of(token).kubewicket);
      return with(
          parent,
          wiring -> {
            List<Token> all = wiring.tokens().list();
            if (all.isEmpty()) {
              System.err.println("kubewicket: no token was ever made.");
            } else {
              parent.out().print(table(all, wiring.clock().instant()));
            }
            return 0;
          });
    }
  }

  /// Takes a token back.
  @Command(
      name = "revoke",
      description = "Take a token back, for ever; servers know within two seconds.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @ParentCommand private @Nullable TokenCommand token;

    @Parameters(paramLabel = "NAME|ID", description = "As kubewicket token list shows it.")
    private String which = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WHY",
        description = "Why, for the record.")
    private String reason = "";

    @Override
    public Integer call() {
      return with(
          Parents.of(Parents.of(token).kubewicket),
          wiring ->
              switch (wiring.tokens().revoke(which, reason, System.getProperty("user.name", ""))) {
                case TokenBook.Result.Revoked(Token gone) -> {
                  System.err.println(
                      "kubewicket: token:" + gone.name() + " (" + gone.id() + ") is revoked.");
                  yield 0;
                }
                case TokenBook.Result.Refused(String message) -> refused(message);
                case TokenBook.Result.Issued _ -> refused("Nothing was revoked.");
              });
    }
  }

  /// A number with `d`, `h` or `m`.
  static Optional<Duration> life(String text) {
    Matcher matcher = LIFE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "d" -> Duration.ofDays(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofMinutes(number);
        });
  }

  /// One line for each token.
  static String table(List<Token> tokens, Instant now) {
    StringBuilder text =
        new StringBuilder(line("NAME", "ID", "SCOPES", "CREATED", "EXPIRES", "STATE"));
    for (Token token : tokens) {
      text.append(
          line(
              Untrusted.line(token.name(), 63),
              Untrusted.line(token.id(), 20),
              scopes(token),
              token.created().toString(),
              token.expires().toString(),
              token.state(now).name().toLowerCase(Locale.ROOT)));
    }
    return text.toString();
  }

  private static String line(
      String name, String id, String scopes, String created, String expires, String state) {
    return "%-24s %-11s %-7s %-24s  %-24s  %s%n"
        .formatted(name, id, scopes, created, expires, state);
  }

  private static String scopes(Token token) {
    return token.scopes().contains(Caller.WRITE) ? "write" : "read";
  }

  private static int with(Kubewicket parent, ToIntFunction<Wiring> work) {
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      return work.applyAsInt(wiring);
    } catch (LedgerException e) {
      System.err.println("kubewicket: " + e.getMessage() + " Nothing was recorded.");
      return 1;
    }
  }

  private static int refused(String message) {
    System.err.println("kubewicket: " + message + " Nothing was recorded.");
    return 1;
  }
}
