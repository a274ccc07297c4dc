package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SqliteLedgerTest extends LedgerContract {
  @Override
  LedgerFixture fixture(Path directory) {
    return new LedgerFixture(directory);
  }

  @Test
  void touchesNothingBeforeItsFirstUse() {
    assertThat(fixture.state.path()).doesNotExist();
  }

  @Test
  void keepsItsFilesToTheOwner() throws Exception {
    fixture.append(EntryType.STARTUP, denial("a"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.state.path())))
        .isEqualTo("rwx------");
    try (var files = Files.list(fixture.state.path())) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void refusesAStateDirectoryThatOthersMayWriteAndWorksOnceThatIsMended() throws Exception {
    Files.createDirectory(fixture.state.path());
    Files.setPosixFilePermissions(
        fixture.state.path(), PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> fixture.append(EntryType.STARTUP, denial("a")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("chmod go-w");

    Files.setPosixFilePermissions(
        fixture.state.path(), PosixFilePermissions.fromString("rwx------"));
    assertThat(fixture.append(EntryType.STARTUP, denial("a")).seq()).isEqualTo(1);
  }

  @Test
  void refusesALedgerFileThatOthersMayWrite() throws Exception {
    fixture.append(EntryType.STARTUP, denial("a"));
    fixture.ledger.close();
    Files.setPosixFilePermissions(
        fixture.state.ledger(), PosixFilePermissions.fromString("rw-rw-rw-"));

    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> reopened.read(LedgerView::last))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("ledger.db");
    }
  }
}
