package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of which not even the text can be read, and files that try to exhaust the reader.
class UnreadablePolicyTest {
  private static final String HEAD = "apiVersion: kubewicket.dev/v1\n";

  @TempDir Path folder;

  @Test
  void saysThatAFileIsMissing() {
    assertThat(said(folder.resolve("tools.yaml")))
        .containsExactly("1:1: The file does not exist; create it, or name another one.");
  }

  @Test
  void saysThatAFileIsADirectory() {
    assertThat(said(folder))
        .containsExactly(
            "1:1: This is a directory; name the file, such as "
                + folder.resolve("tools.yaml")
                + ".");
  }

  @Test
  void saysThatALinkLeadsNowhere() throws Exception {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));

    assertThat(said(loop)).singleElement().asString().startsWith("1:1: The file cannot be read (");
  }

  @Test
  void refusesAPipeInsteadOfWaitingForIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    List<String> said =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> said(pipe));

    assertThat(said)
        .containsExactly("1:1: This is not a regular file; name a file that stays as it is.");
  }

  @Test
  void followsALinkAsConfigMapsAreMounted() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), HEAD);
    Path link = Files.createSymbolicLink(folder.resolve("tools.yaml"), file);

    assertThat(ToolsForTests.LOADER.load(link)).isInstanceOf(Loaded.Valid.class);
  }

  @Test
  void refusesAFileOfMoreThanOneMebibyte() throws Exception {
    String comment = "#" + "x".repeat(1_000) + "\n";
    String most = HEAD + comment.repeat((1 << 20) / comment.length());
    String full = most + "#".repeat((1 << 20) - most.length());

    Path fits = Files.writeString(folder.resolve("fits"), full);
    Path over = Files.writeString(folder.resolve("over"), full + "#");

    assertThat(ToolsForTests.LOADER.load(fits)).isInstanceOf(Loaded.Valid.class);
    assertThat(said(over))
        .containsExactly("1:1: The file is larger than 1 MiB; a policy is far smaller.");
    assertThat(ToolsForTests.LOADER.load("over", Files.readAllBytes(over)))
        .isInstanceOf(Loaded.Invalid.class);
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void saysWhereTheTextIsNotText(byte[] bytes, String expected) {
    List<Problem> problems = ToolsForTests.problems(ToolsForTests.LOADER.load("t", bytes));

    assertThat(problems.stream().map(Problem::toString)).containsExactly("t:" + expected);
  }

  static Stream<Arguments> bytes() {
    String notUtf8 = "A byte here is not UTF-8; save the file as UTF-8.";
    return Stream.of(
        Arguments.of(bytes(HEAD + "# caf", 0xe9, '\n'), "2:6: " + notUtf8),
        Arguments.of(bytes(HEAD, 0xed, 0xa0, 0x80), "2:1: " + notUtf8),
        Arguments.of(bytes(HEAD, 0xc0, 0xaf), "2:1: " + notUtf8),
        Arguments.of(bytes(HEAD + "# ü", 0xc3), "2:4: " + notUtf8),
        Arguments.of(
            HEAD.getBytes(StandardCharsets.UTF_16), "1:1: The file is UTF-16; save it as UTF-8."),
        Arguments.of(
            bytes(HEAD + "rules:", 0, '\n'),
            "2:7: The character U+0000 is invisible and not allowed in YAML; remove it."),
        Arguments.of(
            bytes(HEAD + "# ", 0x1b, '['),
            "2:3: The character U+001B is invisible and not allowed in YAML; remove it."));
  }

  @Test
  void takesAByteOrderMarkAndWindowsLines() {
    String text = "\ufeff" + (HEAD + "verify: {timeout: 1m}\nrules: []\n").replace("\n", "\r\n");

    assertThat(ToolsForTests.valid(text).verifyTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void showsAtMostFiftyProblemsAndCountsTheRest() {
    List<Problem> problems = ToolsForTests.problems(ToolsForTests.load(HEAD + numbered(120)));

    assertThat(problems).hasSize(50);
    assertThat(problems).isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
    assertThat(problems.getLast().toString())
        .isEqualTo(
            "tools.yaml:51:1: There are 71 more problems from here on; mend the ones above first.");
  }

  @Test
  void boundsHowMuchAFileHolds() {
    List<Problem> rules = problems("rules: [" + "a, ".repeat(200) + "a]\n");
    List<Problem> values = problems("rules: [" + "a, ".repeat(60_000) + "a]\n");

    assertThat(rules)
        .extracting(Problem::message)
        .containsExactly("The list has 201 entries; 200 are allowed.");
    assertThat(values)
        .extracting(Problem::message)
        .containsExactly("The file has more than 50000 values; a policy is far smaller.");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void staysQuickOnAFileThatTriesToExhaustIt(String text) {
    assertThat(text.length()).isLessThanOrEqualTo(1 << 20);

    Loaded loaded =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> ToolsForTests.load(text));

    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
  }

  static Stream<String> hostile() {
    int most = 1_000_000;
    return Stream.of(
        "[".repeat(most),
        "{".repeat(most),
        "? ".repeat(most / 2),
        "- ".repeat(most / 2),
        "- \n".repeat(most / 3),
        "[a,".repeat(most / 3),
        HEAD + "rules: [" + "a,".repeat(most / 2 - 100) + "]",
        HEAD + "tools: [" + "x,".repeat(most / 2 - 100) + "]",
        HEAD + "x".repeat(most) + ": 1",
        HEAD + "rules: " + "'".repeat(most),
        HEAD + "rules: \"" + "\\n".repeat(most / 2 - 100) + "\"",
        HEAD + "rules: |\n" + " x\n".repeat(most / 3 - 100),
        "!".repeat(most),
        "&a ".repeat(most / 3),
        "%TAG ! x\n".repeat(most / 10),
        HEAD + numbered(100_000));
  }

  private static String numbered(int count) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < count && keys.length() < 900_000; i++) {
      keys.append("key").append(i).append(": 1\n");
    }
    return keys.toString();
  }

  private static byte[] bytes(String text, int... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    for (int b : more) {
      out.write(b);
    }
    return out.toByteArray();
  }

  private static List<Problem> problems(String text) {
    return ToolsForTests.problems(ToolsForTests.load(HEAD + text));
  }

  private static List<String> said(Path file) {
    return ToolsForTests.problems(ToolsForTests.LOADER.load(file)).stream()
        .peek(problem -> assertThat(problem.file()).isEqualTo(file.toString()))
        .map(problem -> problem.toString().substring(file.toString().length() + 1))
        .toList();
  }
}
