package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several processes, a full disk, a damaged file, a killed writer.
@Timeout(120)
final class LedgerContentionTest {
  @TempDir Path directory;
  private LedgerFixture fixture;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void open() {
    fixture = new LedgerFixture(directory);
  }

  @AfterEach
  void close() throws InterruptedException {
    fixture.close();
    for (Process process : processes) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void staysWholeAndUsesEachRequestOnceWhenTwoProcessesRaceFromTheVeryFirstUse() throws Exception {
    Process one = start("one");
    Process two = start("two");

    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> race(one));
    CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> race(two));

    assertThat(first.get() + second.get()).isEqualTo(20);
    AuditReport report = LedgerAudit.of(fixture.state.ledger(), Optional.empty(), List.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(2 * 20 + 2 * 20);
  }

  @Test
  void tellsThatAnotherProcessHoldsTheLockAndGoesOnOnceThatIsKilled() throws Exception {
    fixture.append(EntryType.STARTUP, denial("first"));
    Process holder = start("holder");
    assertThat(LedgerProcess.ask(holder, "hold")).isEqualTo("holding");

    try (Ledger impatient = fixture.open(Duration.ofMillis(200))) {
      assertThatThrownBy(() -> impatient.write(tx -> tx.append(EntryType.DENIED, denial("no"))))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("locked");
      assertThat(impatient.read(LedgerView::last).orElseThrow().seq()).isEqualTo(1);

      holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      Entry second = impatient.write(tx -> tx.append(EntryType.DENIED, denial("yes")));
      assertThat(second.seq()).isEqualTo(2);
    }
    assertThat(audit()).isEmpty();
  }

  @Test
  void writesNothingByHalvesWhenTheDiskIsFullAndGoesOnOnceThereIsRoom() throws Exception {
    // A limit on the size of files fails the same writes as a full disk, and needs no root.
    Process process = start("filler", "bash", "-c", "ulimit -S -f 4000; exec \"$@\"", "limited");
    assertThat(LedgerProcess.ask(process, "append")).isEqualTo("entry 1");

    String refusal = LedgerProcess.ask(process, "fill");

    assertThat(refusal).contains(fixture.state.ledger().toString()).endsWith(".");
    assertThat(refusal).containsAnyOf("is full", "check its disk");
    assertThat(audit()).isEmpty();
    long entries = LedgerAudit.of(fixture.state.ledger(), Optional.empty(), List.of()).entries();
    liftLimit(process);
    assertThat(LedgerProcess.ask(process, "append")).isEqualTo("entry " + (entries + 1));
    assertThat(audit()).isEmpty();
  }

  @Test
  void tellsThatTheFileIsDamagedAndGoesOnOnceItIsRestored() throws Exception {
    fixture.append(EntryType.STARTUP, denial("first"));
    fixture.ledger.close();
    byte[] header = swapHeader(new byte[16]);

    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> reopened.read(LedgerView::last))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("damaged");
      swapHeader(header);

      assertThat(reopened.read(LedgerView::last)).isPresent();
    }
  }

  @Test
  void tellsThatTheLedgerIsClosed() {
    fixture.ledger.close();

    assertThatThrownBy(() -> fixture.ledger.read(LedgerView::last))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("closed");
  }

  private List<Finding> audit() {
    return LedgerAudit.of(fixture.state.ledger(), Optional.empty(), List.of()).findings();
  }

  private Process start(String name, String... prefix) throws IOException {
    Process process = LedgerProcess.start(fixture.state.path(), name, prefix);
    processes.add(process);
    return process;
  }

  private static int race(Process process) {
    try {
      String answer = LedgerProcess.ask(process, "race");
      assertThat(answer).startsWith("won ");
      return Integer.parseInt(answer.substring(4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void liftLimit(Process process) throws Exception {
    Process prlimit;
    try {
      prlimit =
          new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:")
              .inheritIO()
              .start();
    } catch (IOException e) {
      Assumptions.abort("prlimit (util-linux) is not installed.");
      return;
    }
    assertThat(prlimit.waitFor()).isZero();
  }

  private byte[] swapHeader(byte[] header) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(fixture.state.ledger().toFile(), "rw")) {
      byte[] before = new byte[header.length];
      file.readFully(before);
      file.seek(0);
      file.write(header);
      return before;
    }
  }
}
