package io.github.kubewicket.demo.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Afterwards: what happened, and that nobody changed the record of it.
final class Proof {
  private final Launcher launcher;
  private final Command command;
  private final Screen screen;

  Proof(Launcher launcher, Screen screen) {
    this.launcher = launcher;
    this.command = new Command(launcher);
    this.screen = screen;
  }

  void run() throws IOException, SQLException {
    show();
    verify();
    tamper();
  }

  private void show() {
    screen.step(
        "The server has ended; the ledger tells what happened",
        "Who asked, what was decided, who approved, what came of it. Refusals are in it too.");
    screen.typed("person", "kubewicket audit show");
    Finished shown =
        command
            .run(launcher.state(), List.of("audit", "show"))
            .must(0)
            .mustSay("requested")
            .mustSay("approved")
            .mustSay("intent")
            .mustSay("outcome")
            .mustSay("denied");
    screen.answer(shown.text());
  }

  private void verify() {
    screen.step(
        "Nobody changed it",
        "Every hash and signature, against the checkpoints that the server printed elsewhere.");
    screen.typed("person", "kubewicket audit verify --checkpoints server.log");
    Finished verified =
        command
            .run(
                launcher.state(),
                List.of("audit", "verify", "--checkpoints", launcher.log().toString()))
            .must(0)
            .mustSay("whole:");
    screen.answer(verified.text());
  }

  private void tamper() throws IOException, SQLException {
    screen.step(
        "Somebody changes one byte in a copy of it",
        "Whoever owns the file can take the database's own locks off. The hashes tell, and where.");
    Path copy = Files.createDirectory(launcher.folder().resolve("copy"));
    Files.copy(launcher.state().resolve("checkpoint.pub"), copy.resolve("checkpoint.pub"));
    Forgery forgery = Forgery.of(launcher.state().resolve("ledger.db"), copy.resolve("ledger.db"));
    screen.typed("somebody", forgery.sql());
    screen.refusal(forgery.refusal());
    screen.typed("somebody", "DROP TRIGGER …; the same again; CREATE TRIGGER …");
    screen.answer("done: entry " + forgery.entry() + " now names another approver");
    screen.typed("person", "kubewicket audit verify");
    Finished found =
        command
            .run(copy, List.of("audit", "verify"))
            .must(1)
            .mustSay("Entry " + forgery.entry() + " was edited")
            .mustSay("NOT WHOLE");
    found.text().lines().forEach(screen::refusal);
  }
}
