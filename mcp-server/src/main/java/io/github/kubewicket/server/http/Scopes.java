package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.identity.Challenges;
import io.github.kubewicket.server.protocol.Message;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a request needs of its caller's credential, said before anything is streamed: later there
/// is no status left to say it with. The call path checks the same again.
final class Scopes {
  private final Predicate<String> writes;
  private final Challenges challenges;

  /// @param writes whether a tool of this name changes anything
  Scopes(Predicate<String> writes, Challenges challenges) {
    this.writes = writes;
    this.challenges = challenges;
  }

  /// The challenge for a caller whose credential is not good for this request.
  Optional<String> missing(Caller caller, Message.Request request) {
    boolean write =
        request.method().equals("tools/call")
            && writes.test(request.params().path("name").asString(""));
    if (write && !caller.mayWrite()) {
      return Optional.of(challenges.insufficientScope(Set.of(Caller.READ, Caller.WRITE)));
    }
    return Optional.empty();
  }
}
