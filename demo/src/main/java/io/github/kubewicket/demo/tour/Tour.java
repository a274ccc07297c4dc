package io.github.kubewicket.demo.tour;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Plays the tour from its first step to its last, and stops at the first surprise.
public final class Tour {
  private static final String FAREWELL =
      """
      That was all of it. Connect your own client to the same shop: scripts/kubewicket serve --demo
      To your own cluster, read-only until you write a tools.yaml:  scripts/kubewicket serve\
      """;

  private final Launcher launcher;
  private final Screen screen;

  private Tour(Launcher launcher, Screen screen) {
    this.launcher = launcher;
    this.screen = screen;
  }

  /// Plays it on standard output: `[--colour] FOLDER COMMAND…`, where the command starts Kubewicket
  /// and the folder is empty. Exits with 0 when everything came out as told, else with 1.
  public static void main(String[] args) {
    List<String> words = List.of(args);
    boolean colour = words.contains("--colour");
    if (colour) {
      words = words.stream().filter(word -> !word.equals("--colour")).toList();
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    boolean good = play(Path.of(words.getFirst()), words.subList(1, words.size()), out, colour);
    System.exit(good ? 0 : 1);
  }

  /// Plays it.
  ///
  /// @param folder empty; everything that the tour writes stays in it
  /// @param command the words that start Kubewicket
  /// @param out where the transcript goes
  /// @param colour whether the transcript may have colours
  /// @return whether everything came out as told
  public static boolean play(Path folder, List<String> command, PrintStream out, boolean colour) {
    Launcher launcher = new Launcher(command, folder.toAbsolutePath());
    Screen screen = new Screen(out, colour);
    // SQLite unpacks its native library; it goes away with the folder.
    System.setProperty("org.sqlite.tmpdir", launcher.folder().toString());
    try {
      new Tour(launcher, screen).play();
      screen.end(true, FAREWELL);
      return true;
    } catch (RuntimeException | IOException | SQLException e) {
      // Whatever the SDK throws when the server is gone belongs here too.
      screen.end(
          false,
          "The tour stops here. "
              + (e instanceof Surprise ? e.getMessage() : e)
              + "\nThe server's standard error:\n"
              + launcher.logged());
      return false;
    }
  }

  private void play() throws IOException, SQLException {
    screen.end(
        true,
        """
        A tour of Kubewicket: an agent and a person on a cluster in memory.
        No cluster and no network; its files are in a temporary folder that goes away at the end.\
        """);
    Person person = new Person(launcher);
    new Policy(launcher, person, screen).write();
    try (Agent agent =
        Agent.start(
            launcher,
            List.of("--config", launcher.policy().toString(), "serve", "--demo"),
            screen)) {
      Stage stage = new Stage(agent, person, screen);
      new Reads(stage).run();
      new Writes(stage, launcher).run();
    }
    new Proof(launcher, screen).run();
  }
}
