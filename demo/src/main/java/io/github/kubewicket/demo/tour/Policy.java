package io.github.kubewicket.demo.tour;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first thing that a person does: a key, and the file that says what agents may do.
final class Policy {
  private static final Pattern KEY = Pattern.compile("ed25519:[A-Za-z0-9+/_=-]+");

  private final Launcher launcher;
  private final Person person;
  private final Screen screen;

  Policy(Launcher launcher, Person person, Screen screen) {
    this.launcher = launcher;
    this.person = person;
    this.screen = screen;
  }

  /// Makes the key and writes `tools.yaml` with its public half.
  void write() throws IOException {
    screen.step(
        "A person makes a key and writes tools.yaml",
        "The tour plays the person too, on a terminal of its own, and types the passphrase. The "
            + "agent has neither.");
    screen.typed("person", "kubewicket key new --name on-call-1");
    Finished made =
        person
            .runs(
                List.of("key", "new", "--name", "on-call-1", "--out", launcher.key().toString()),
                List.of(
                    Person.Typed.passphrase("New passphrase:"),
                    Person.Typed.passphrase("Once more:")))
            .must(0);
    Matcher key = KEY.matcher(made.text());
    Surprise.unless(key.find(), "The command should print a public key", made.text());
    screen.answer(key.group());
    String text = template().replace("PUBLIC-KEY", key.group());
    Files.writeString(launcher.policy(), text);
    screen.typed("person", "cat tools.yaml");
    screen.table(text);
  }

  private static String template() {
    try (InputStream in = Policy.class.getResourceAsStream("tools.yaml")) {
      if (in == null) {
        throw new IllegalStateException("tools.yaml is not in this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
