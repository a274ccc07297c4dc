package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePolicySourceTest {
  private static final String OPEN = file("auto");
  private static final String SHUT = file("never");

  @TempDir Path folder;
  private Path file;
  private PolicySource source;

  @BeforeEach
  void open() throws Exception {
    file = Files.writeString(folder.resolve("tools.yaml"), OPEN);
    source = PolicySource.file(ToolsForTests.LOADER, file);
  }

  @Test
  void readsAnUnchangedFileOnce() {
    Loaded first = source.current();

    Loaded second = source.current();

    assertThat(second).isSameAs(first).isInstanceOf(Loaded.Valid.class);
  }

  @Test
  void seesAChangeAtOnce() throws Exception {
    assertThat(enabled()).isTrue();

    Files.writeString(file, SHUT);

    assertThat(enabled()).isFalse();
  }

  @Test
  void seesAChangeThatKeepsSizeAndTimes() throws Exception {
    Files.writeString(file, OPEN.replace("auto", "auto "));
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(enabled()).isTrue();

    Files.writeString(file, SHUT);
    Files.setLastModifiedTime(file, time);

    assertThat(Files.size(file)).isEqualTo(OPEN.length() + 1L);
    assertThat(enabled()).isFalse();
  }

  @Test
  void closesWhenTheFileBecomesBadAndOpensWhenItIsMended() throws Exception {
    assertThat(enabled()).isTrue();

    Files.writeString(file, OPEN.replace("auto", "always"));
    Loaded bad = source.current();
    Files.writeString(file, OPEN);
    Loaded mended = source.current();

    assertThat(ToolsForTests.problems(bad))
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("rules[0].tier");
    assertThat(mended).isInstanceOf(Loaded.Valid.class);
  }

  @Test
  void closesWhenTheFileIsRemoved() throws Exception {
    assertThat(enabled()).isTrue();

    Files.delete(file);

    assertThat(source.current()).isInstanceOf(Loaded.Invalid.class);
  }

  @Test
  void waitsUntilAFileIsWholeThatIsWrittenInPlace() {
    String half = OPEN + "budgets:\n";
    String most = half + "  restart:\n";
    String whole = most + "    cluster: 0/1h\n";
    PolicySource written = readings(OPEN, half, most, whole, whole);
    Loaded before = written.current();

    Loaded after = written.current();

    assertThat(before).isEqualTo(ToolsForTests.load(OPEN));
    assertThat(after).isEqualTo(ToolsForTests.load(whole));
  }

  @Test
  void closesWhileAFileDoesNotRest() {
    String[] texts = new String[60];
    Arrays.setAll(texts, i -> OPEN + "#".repeat(i) + "\n");
    PolicySource restless = readings(texts);
    assertThat(restless.current()).isInstanceOf(Loaded.Valid.class);

    Loaded loaded = restless.current();

    assertThat(ToolsForTests.problems(loaded))
        .extracting(Problem::toString)
        .containsExactly("t:1:1: The file is being written; try again when it rests.");
  }

  @Test
  void givesEveryThreadTheFileAsItIs() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        readers.add(
            threads.submit(() -> {
              boolean valid = true;
              while (!stop.get()) {
                valid &= source.current() instanceof Loaded.Valid;
              }
              return valid;
            }));
      }

      for (int i = 0; i < 20; i++) {
        replace(i % 2 == 0 ? SHUT : OPEN);
        assertThat(enabled()).isEqualTo(i % 2 != 0);
      }
      stop.set(true);

      for (Future<Boolean> reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    }
  }

  @Test
  void offersAPolicyThatNeverChanges() {
    Policy policy = PolicyFile.readOnly(ToolsForTests.READ);

    assertThat(PolicySource.fixed(policy).current()).isEqualTo(new Loaded.Valid(policy));
  }

  private boolean enabled() {
    return source.current() instanceof Loaded.Valid(Policy policy)
        && policy.rules().stream().map(Rule::tier).allMatch(tier -> tier.word().equals("auto"));
  }

  private void replace(String text) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static PolicySource readings(String... texts) {
    Iterator<String> next = List.of(texts).iterator();
    return new FilePolicySource(
        ToolsForTests.LOADER,
        "t",
        () -> new PolicyBytes.Read(next.next().getBytes(StandardCharsets.UTF_8)));
  }

  private static String file(String tier) {
    return "apiVersion: kubewicket.dev/v1\nrules:\n"
        + "  - {name: web, tools: [evict_pod], namespaces: [shop], tier: "
        + tier
        + "}\n";
  }
}
