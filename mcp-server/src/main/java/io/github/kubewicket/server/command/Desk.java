package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.server.people.RequestCard;
import io.github.kubewicket.server.people.Terminal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Where a person sits down to decide: on a terminal, with the request on the screen.
final class Desk {
  private static final String NO_TERMINAL =
      "kubewicket: this needs a person at a terminal; standard input and output are not one.";

  private Desk() {}

  /// What a person does with a request that is on the screen.
  interface Decision {
    /// Decides.
    Decisions.Result about(
        ChangeRequest request, Decisions decisions, Terminal terminal, Wiring wiring);
  }

  /// Shows the request and has the person decide.
  ///
  /// @return the exit status: 0 when something was recorded
  static int decide(Kubewicket parent, String id, String done, Decision decision) {
    Optional<Terminal> terminal = Terminal.find();
    if (terminal.isEmpty()) {
      System.err.println(NO_TERMINAL);
      return 1;
    }
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      Decisions decisions = new Decisions(wiring.ledger(), new Ids(wiring.random()));
      Optional<ChangeRequest> request = decisions.find(id);
      if (request.isEmpty()) {
        System.err.println("kubewicket: there is no such request; see `kubewicket pending`.");
        return 1;
      }
      terminal.get().print(RequestCard.card(request.get(), wiring.clock().instant()));
      return switch (decision.about(request.get(), decisions, terminal.get(), wiring)) {
        case Decisions.Result.Refused(String message) -> {
          System.err.println("kubewicket: " + message);
          yield 1;
        }
        case Decisions.Result.Recorded(Optional<String> token) -> {
          terminal.get().print(done + "\n");
          token.ifPresent(text ->
              terminal
                  .get()
                  .print(
                      "The agent may repeat its call with approval: " + id + "\n\n" + text + "\n"));
          yield 0;
        }
      };
    }
  }

  /// What a person is shown before saying why something is recorded.
  interface Situation {
    /// Text for the screen, ready to print.
    String text(LedgerView ledger);
  }

  /// Shows the situation, has the person say why, and records it about the subject.
  ///
  /// @return the exit status: 0 when it was recorded
  static int record(
      Kubewicket parent,
      EntryType type,
      String subject,
      Situation situation,
      String question,
      String done) {
    Optional<Terminal> terminal = Terminal.find();
    if (terminal.isEmpty()) {
      System.err.println(NO_TERMINAL);
      return 1;
    }
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      terminal.get().print(wiring.ledger().<String>read(situation::text));
      Optional<ObjectNode> body = Notices.body(subject, terminal.get().ask(question));
      if (body.isEmpty()) {
        System.err.println("kubewicket: " + Notices.BOUNDS + " Nothing was recorded.");
        return 1;
      }
      Entry unused = wiring.ledger().write(tx -> tx.append(type, body.get()));
      terminal.get().print(done + "\n");
      return 0;
    }
  }
}
