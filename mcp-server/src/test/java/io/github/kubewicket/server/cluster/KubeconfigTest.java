package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigTest {
  private static final String SECRET = "s3cr3t-t0ken";
  private static final ExecPlugin PLUGINS = new ExecPlugin(Duration.ofSeconds(2));
  @TempDir private Path folder;

  @Test
  void readsServerAndTokenOfTheCurrentContext() throws IOException {
    Path file =
        write("config", FakeApiServer.kubeconfig("https://a:6443", "{token: " + SECRET + "}"));

    Login login = Kubeconfig.read(List.of(file), Optional.empty(), PLUGINS);

    assertThat(login.server()).hasToString("https://a:6443");
    assertThat(login.bearer()).contains(SECRET);
    assertThat(login.toString()).doesNotContain(SECRET);
  }

  @Test
  void neverFallsBackToAnotherContext() throws IOException {
    Path file =
        write("config", FakeApiServer.kubeconfig("https://a:6443", "{token: " + SECRET + "}"));

    ClusterException unknown = failure(file, Optional.of("prod"));

    assertThat(unknown.getMessage()).contains("\"prod\"").contains(file.toString());
    assertThat(unknown.denial().code()).isEqualTo(Reason.CLUSTER_UNAVAILABLE);
  }

  @Test
  void letsTheFirstFileWinAndResolvesPathsBesideTheirFile() throws IOException {
    Path first =
        write("one/config", "current-context: here\nusers:\n- name: u\n  user: {tokenFile: t}\n");
    Path second =
        write("two/config", FakeApiServer.kubeconfig("https://b", "{token: " + SECRET + "}"));

    Login login = Kubeconfig.read(List.of(first, second), Optional.empty(), PLUGINS);

    assertThat(login.tokenFile()).contains(folder.resolve("one/t").toAbsolutePath());
    assertThat(login.bearer()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not YAML       | users: [token: s3cr3t-t0ken     | line
          empty          | ''                              | empty
          a list         | - token: s3cr3t-t0ken           | mapping
          no context     | kind: Config                    | no current context
          unknown one    | current-context: gone           | "gone"
          """)
  void saysInOneSentenceWhatIsWrongAndNeverWhatTheFileHolds(String what, String text, String word)
      throws IOException {
    Path file = write("config", text.strip());

    ClusterException broken = failure(file, Optional.empty());

    assertThat(broken.getMessage())
        .as(what)
        .contains(word)
        .contains("config")
        .doesNotContain(SECRET);
    assertThat(broken.denial().hint()).isNotBlank();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing  | no-such-plugin-at-all |                                        | cannot be started
          failing  | sh                    | echo s3cr3t-t0ken; exit 3              | failed
          nonsense | sh                    | echo s3cr3t-t0ken                      | no credential
          empty    | sh                    | echo '{"status":{}}'                   | no credential
          hanging  | sh                    | sleep 20                               | did not answer
          """)
  void saysWhatIsWrongWithACredentialPlugin(String what, String command, String script, String word)
      throws IOException {
    String arguments = script == null ? "[]" : "[\"-c\", \"" + script.replace("\"", "\\\"") + "\"]";
    String user = "{exec: {command: " + command + ", args: " + arguments + "}}";
    Path file = write("config", FakeApiServer.kubeconfig("https://a", user));

    long start = System.nanoTime();
    ClusterException broken = failure(file, Optional.empty());

    assertThat(broken.getMessage()).as(what).contains(word).contains(command);
    assertThat(broken.getMessage() + broken.denial().hint()).doesNotContain(SECRET);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void takesTokenAndEndFromACredentialPluginThatAlsoTalksOnStderr() throws IOException {
    String script =
        "echo noise >&2; test -n \\\"$KUBERNETES_EXEC_INFO\\\" && echo '{\\\"status\\\":{\\\"token\\\":\\\"fresh\\\","
            + "\\\"expirationTimestamp\\\":\\\"2030-01-01T00:00:00Z\\\"}}'";
    String user = "{exec: {command: sh, args: [\"-c\", \"" + script + "\"]}}";
    Path file = write("config", FakeApiServer.kubeconfig("https://a", user));

    Login login = Kubeconfig.read(List.of(file), Optional.empty(), PLUGINS);

    assertThat(login.bearer()).contains("fresh");
    assertThat(login.expires()).isPresent();
  }

  @Test
  void saysThatThereIsNoKubeconfigAndHowToGetOne() {
    ClusterLocation nowhere =
        new ClusterLocation(Optional.empty(), Optional.empty(), Map.of(), folder.resolve("home"));
    Connection connection = new Connection(nowhere, "test", InstantSource.system());

    ClusterException none =
        catchThrowableOfType(ClusterException.class, () -> connection.view().kinds());

    assertThat(none.getMessage()).contains("There is no kubeconfig");
    assertThat(none.denial().hint()).contains("--kubeconfig").contains("--demo");
  }

  @Test
  void saysThatTheNamedFileDoesNotExist() {
    Connection connection = FakeApiServer.connection(folder.resolve("absent"), Optional.empty());

    ClusterException none =
        catchThrowableOfType(ClusterException.class, () -> connection.view().kinds());

    assertThat(none.getMessage()).contains("absent does not exist");
  }

  private ClusterException failure(Path file, Optional<String> context) {
    return catchThrowableOfType(
        ClusterException.class, () -> Kubeconfig.read(List.of(file), context, PLUGINS));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
