package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@RealPostgres
final class PostgresLedgerTest extends LedgerContract {
  @Override
  LedgerFixture fixture(Path directory) {
    return new LedgerFixture(directory, PostgresStore::new);
  }
}
