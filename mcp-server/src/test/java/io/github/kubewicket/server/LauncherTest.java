package io.github.kubewicket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/kubewicket` in a checkout with a space in its path, with a JDK and a Maven that only
/// note what they were asked for.
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void makeACheckout() throws IOException {
    root = folder.resolve("check out");
    for (String module : List.of("policy", "mcp-server")) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      old(write(root.resolve(module).resolve("pom.xml"), ""));
      old(root.resolve(module).resolve("src/main"));
    }
    old(write(root.resolve("pom.xml"), ""));
    Path scripts = Files.createDirectories(root.resolve("scripts"));
    Files.copy(Path.of("..", "scripts", "kubewicket"), scripts.resolve("kubewicket"));
    write(scripts.resolve("training.jsonl"), "{}\n");
    jdk("jdk", "25.0.3");
    program(
        folder.resolve("bin/mvn"),
        "echo to standard output; echo build >> '%s'; sleep 0.3; mkdir -p '%s'; touch '%s'"
            .formatted(folder.resolve("builds"), jar().getParent(), jar()));
  }

  @Test
  void passesItsArgumentsToTheJarAndPrintsNothing() throws Exception {
    buildBefore();

    Result result = launch(Map.of(), "show", "a b", "*");

    assertThat(result.status()).isZero();
    assertThat(result.output()).isEmpty();
    assertThat(asked()).containsSubsequence("-Xlog:all=warning:stderr", "-jar", jar().toString());
    assertThat(asked()).endsWith("show", "a b", "*");
    assertThat(folder.resolve("builds")).doesNotExist();
  }

  @Test
  void worksThroughASymbolicLinkFromAnywhere() throws Exception {
    buildBefore();
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, root.resolve("scripts/kubewicket"));

    Result result = launch(link, Map.of(), "doctor");

    assertThat(result.status()).isZero();
    assertThat(asked()).contains(jar().toString());
  }

  @Test
  void buildsOnceWhenTwoStartAtOnce() throws Exception {
    Process first = start(root.resolve("scripts/kubewicket"), Map.of(), "doctor");
    Process second = start(root.resolve("scripts/kubewicket"), Map.of(), "doctor");

    List<Integer> statuses = List.of(first.waitFor(), second.waitFor());

    assertThat(statuses).containsOnly(0);
    assertThat(folder.resolve("builds")).hasContent("build\n");
    assertThat(first.inputReader().readLine()).isNull();
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    buildBefore();
    old(jar());
    write(root.resolve("policy/src/main/Gate.java"), "");

    int first = launch(Map.of(), "doctor").status();
    int second = launch(Map.of(), "doctor").status();

    assertThat(List.of(first, second)).containsOnly(0);
    assertThat(folder.resolve("builds")).hasContent("build\n");
  }

  @Test
  void refusesAJdkThatIsTooOldAndSaysWhatToDo() throws Exception {
    buildBefore();
    Path old = jdk("old", "21.0.8");

    Result named = launch(Map.of("KUBEWICKET_JAVA", old.toString()), "doctor");

    assertThat(named.status()).isEqualTo(1);
    assertThat(named.error()).contains("KUBEWICKET_JAVA names " + old).contains("JDK 25");
  }

  @Test
  void prefersTheNamedJdkAndTakesItsProgramForItsFolder() throws Exception {
    buildBefore();
    Path newer = jdk("newer", "26");
    String program = newer.resolve("bin/java").toString();

    Result result = launch(Map.of("KUBEWICKET_JAVA", program), "doctor");

    assertThat(result.status()).isZero();
    assertThat(asked().getFirst()).isEqualTo(program);
  }

  @Test
  void usesACacheThatIsNewerThanItsJarsAndNoOther() throws Exception {
    buildBefore();
    launch(Map.of(), "--train");
    boolean made = caches().findAny().isPresent();

    launch(Map.of(), "serve");
    List<String> trained = asked();
    Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(60)));
    launch(Map.of(), "doctor");
    List<String> stale = asked();

    assertThat(made).isTrue();
    assertThat(trained).anyMatch(option -> option.startsWith("-XX:AOTCache="));
    assertThat(stale).noneMatch(option -> option.startsWith("-XX:AOTCache="));
  }

  private Stream<Path> caches() throws IOException {
    return Files.list(folder.resolve("cache/kubewicket/aot"))
        .filter(file -> file.toString().endsWith(".aot"));
  }

  private Path jar() {
    return root.resolve("mcp-server/target/mcp-server-1.jar");
  }

  private void buildBefore() throws IOException {
    Files.createDirectories(jar().getParent());
    write(jar(), "");
    Files.setLastModifiedTime(jar(), FileTime.from(LONG_AGO.plusSeconds(60)));
  }

  /// A JDK that notes its command line, one argument a line, and makes the cache it is asked for.
  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    program(
        jdk.resolve("bin/java"),
        """
        printf '%%s\\n' "$0" "$@" > '%s'
        for option; do [[ $option == -XX:AOTCacheOutput=* ]] && echo x > "${option#*=}"; done
        exit 0
        """
            .formatted(folder.resolve("asked")));
    write(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
    return jdk;
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("asked"));
  }

  private Result launch(Map<String, String> environment, String... arguments) throws Exception {
    return launch(root.resolve("scripts/kubewicket"), environment, arguments);
  }

  private Result launch(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    Process process = start(script, environment, arguments);
    String output = new String(process.getInputStream().readAllBytes());
    int status = process.waitFor();
    return new Result(status, output, Files.readString(folder.resolve("stderr")));
  }

  private Process start(Path script, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().remove("KUBEWICKET_JAVA");
    builder.environment().remove("KUBEWICKET_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return builder.redirectError(folder.resolve("stderr").toFile()).start();
  }

  private static void program(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    write(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path write(Path file, String content) throws IOException {
    return Files.writeString(file, content);
  }

  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }

  private record Result(int status, String output, String error) {}
}
