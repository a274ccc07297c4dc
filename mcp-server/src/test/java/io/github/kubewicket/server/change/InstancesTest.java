package io.github.kubewicket.server.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.ledger.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
  @TempDir Path state;

  @Test
  void aProcessIsAliveAsLongAsItHoldsItsLock() {
    try (Instances one = new FileInstances(state, "one");
        Instances two = new FileInstances(state, "two")) {
      one.announce();
      two.announce();

      assertThat(one.alive("two")).isTrue();
      two.close();
      assertThat(one.alive("two")).isFalse();
      assertThat(one.alive("one")).isTrue();
    }
  }

  @Test
  void aLockFileThatNobodyHoldsIsOfTheDead() throws IOException {
    Instances one = new FileInstances(state, "one");
    one.announce();
    Path left = state.resolve("instances").resolve("killed.lock");
    Files.createFile(left);

    assertThat(one.alive("killed")).isFalse();
    assertThat(left).doesNotExist();
    one.close();
  }

  @Test
  void aNameFromTheLedgerCannotReachAnotherFile() throws IOException {
    Path victim = state.resolve("ledger.db");
    Files.writeString(victim, "x");
    Instances one = new FileInstances(state, "one");

    assertThat(one.alive("../ledger.db")).isFalse();
    assertThat(victim).exists();
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.createFile(state.resolve("file"));

    assertThatThrownBy(() -> new FileInstances(file, "one").announce())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("state directory");
  }
}
