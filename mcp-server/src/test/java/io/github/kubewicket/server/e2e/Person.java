package io.github.kubewicket.server.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Plays the person at a terminal: runs a command on a pseudo-terminal, which util-linux's `script`
/// makes, waits for each prompt and types.
final class Person {
  private static final String PASSPHRASE = "correct horse battery";
  private static final Pattern KEY = Pattern.compile("ed25519:[A-Za-z0-9+/=_-]+");
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}");

  private final Installation installation;

  Person(Installation installation) {
    this.installation = installation;
  }

  /// What stood on the screen in the end.
  record Screen(int status, String text) {
    /// The approval token on it.
    String token() {
      Matcher token = TOKEN.matcher(text);
      if (!token.find()) {
        throw new AssertionError("no token on the screen:\n" + text);
      }
      return token.group();
    }
  }

  /// One line that the person types once the prompt is there.
  record Typed(String prompt, String line) {}

  /// Makes a key under a passphrase.
  ///
  /// @return its public half, for tools.yaml
  String makeKey(String name) {
    Screen screen =
        at(
            List.of(
                new Typed("New passphrase: ", PASSPHRASE), new Typed("Once more: ", PASSPHRASE)),
            "key",
            "new",
            "--name",
            name);
    Matcher key = KEY.matcher(screen.text);
    if (screen.status != 0 || !key.find()) {
      throw new AssertionError("no key was made:\n" + screen.text);
    }
    return key.group();
  }

  Screen approve(String request) {
    return approve(request, PASSPHRASE);
  }

  Screen approve(String request, String passphrase) {
    return at(List.of(new Typed("Approve it? Passphrase", passphrase)), "approve", request);
  }

  /// Approves with the key of this name, where there are several.
  Screen approveWith(String request, String name) {
    return at(
        List.of(new Typed("Approve it? Passphrase", PASSPHRASE)),
        "approve",
        request,
        "--key",
        installation.folder().resolve("config/kubewicket/keys/" + name + ".pem").toString());
  }

  Screen reject(String request) {
    return at(List.of(new Typed("Why not?", "not now")), "reject", request);
  }

  Screen revoke(String request) {
    return at(List.of(new Typed("Why?", "changed my mind")), "revoke", request);
  }

  Screen resume(String why) {
    return at(List.of(new Typed("Why may writes go on?", why)), "resume");
  }

  /// Releases a caller, or with `--workload` a workload.
  Screen release(String why, String... whom) {
    List<String> arguments = new ArrayList<>(List.of("release"));
    arguments.addAll(List.of(whom));
    return at(List.of(new Typed("Why may it begin anew?", why)), arguments.toArray(String[]::new));
  }

  /// Runs a command on a terminal.
  private Screen at(List<Typed> typed, String... arguments) {
    String shell =
        installation.command(arguments).stream()
            .map(argument -> "'" + argument + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder command = new ProcessBuilder("script", "-qefc", shell, "/dev/null");
    command.environment().putAll(installation.environment());
    try {
      Process process = command.redirectErrorStream(true).start();
      StringBuilder screen = new StringBuilder();
      int seen = 0;
      for (Typed next : typed) {
        int at = read(process.getInputStream(), screen, next.prompt, seen);
        if (at < 0) {
          break;
        }
        seen = at;
        process.outputWriter(StandardCharsets.UTF_8).append(next.line).append('\n').flush();
      }
      // Whatever else it prints, until it ends.
      read(process.getInputStream(), screen, null, seen);
      return new Screen(process.waitFor(), screen.toString().replace("\r", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Reads until the prompt stands on the screen, or to the end.
  ///
  /// @return where the prompt ends, or -1 at the end of the output
  private static int read(InputStream in, StringBuilder screen, String prompt, int from)
      throws IOException {
    byte[] buffer = new byte[8_192];
    while (true) {
      int at = prompt == null ? -1 : screen.indexOf(prompt, from);
      if (at >= 0) {
        return at + prompt.length();
      }
      int read = in.read(buffer);
      if (read < 0) {
        return -1;
      }
      screen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
    }
  }
}
