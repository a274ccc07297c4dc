package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Progress;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One request under way, as what answers it sees the client.
public interface Exchange {
  /// Who asks, from the transport.
  Caller caller();

  /// What the client calls itself; untrusted, for the record only.
  String client();

  /// Where progress is told.
  Progress progress();

  /// Tells the client a line of log, where it wants any of this level.
  ///
  /// @param level as in RFC 5424, from `debug` to `emergency`
  void log(String level, JsonNode data);

  /// Whether the client declared this capability, such as `elicitation`.
  boolean declares(String capability);

  /// Asks the client, all at once, and waits. In the era of 2026-07-28 it does not wait but ends
  /// the request, and the client repeats it with the answers: nothing may be done before the last
  /// question is answered.
  ///
  /// @return the answers in the order of the questions; an object each
  /// @throws InputNeeded where the client has to repeat its request with the answers; for the
  ///   dispatcher
  /// @throws CannotAsk where the client did not declare that it can be asked, or gave no answer
  List<JsonNode> ask(List<Question> questions) throws InterruptedException;
}
