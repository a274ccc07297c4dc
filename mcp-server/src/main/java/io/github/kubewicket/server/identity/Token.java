package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.Entry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A bearer token as the ledger has it.
///
/// @param id not secret
/// @param name what its callers are called after: `token:NAME`; unique among the tokens that are
///   good
/// @param sha256 of the secret, 64 hex digits
/// @param scopes of [Caller#READ] and [Caller#WRITE]
/// @param groups the groups that its callers are in
/// @param created ledger time
/// @param expires when it is over
/// @param revoked when somebody took it back
public record Token(
    String id,
    String name,
    String sha256,
    Set<String> scopes,
    Set<String> groups,
    Instant created,
    Instant expires,
    Optional<Instant> revoked) {
  /// How the subject of a token's entries begins.
  static final String SUBJECT = "token:";

  /// Copies the sets.
  public Token {
    scopes = Set.copyOf(scopes);
    groups = Set.copyOf(groups);
  }

  /// What may become of a token.
  public enum State {
    /// It is good.
    LIVING,
    /// Its time is over.
    EXPIRED,
    /// Somebody took it back.
    REVOKED
  }

  /// Its state at this moment.
  public State state(Instant now) {
    if (revoked.isPresent()) {
      return State.REVOKED;
    }
    return now.isBefore(expires) ? State.LIVING : State.EXPIRED;
  }

  /// Whoever presents it.
  Caller caller() {
    return new Caller(SUBJECT + name, groups, scopes);
  }

  /// The body of its entry.
  ObjectNode body(String by) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", SUBJECT + id)
            .put("name", name)
            .put("sha256", sha256)
            .put("expires", expires.toString())
            .put("by", by);
    new TreeSet<>(scopes).forEach(body.putArray("scopes")::add);
    new TreeSet<>(groups).forEach(body.putArray("groups")::add);
    return body;
  }

  /// The token of an entry; empty for one that is not whole.
  ///
  /// @param revoked when it was taken back
  static Optional<Token> of(Entry issued, Optional<Instant> revoked) {
    String subject = issued.text("subject");
    String sha256 = issued.text("sha256");
    if (!subject.startsWith(SUBJECT) || !sha256.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Token(
              subject.substring(SUBJECT.length()),
              issued.text("name"),
              sha256,
              texts(issued.body().path("scopes")),
              texts(issued.body().path("groups")),
              issued.at(),
              Instant.parse(issued.text("expires")),
              revoked));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
