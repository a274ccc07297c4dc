package io.github.kubewicket.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.limit.Scope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RealPostgres
final class PostgresLedgerQueriesTest extends LedgerQueriesContract {
  @Override
  LedgerFixture fixture(Path directory) {
    return new LedgerFixture(directory, PostgresStore::new);
  }

  @ParameterizedTest
  @EnumSource
  void readsChargesAsOneRangeOfAnIndex(Scope scope) throws Exception {
    fixture.fill(1);
    List<String> plan = new ArrayList<>();

    try (Connection connection = fixture.store.raw();
        Statement settings = connection.createStatement()) {
      // A table as small as this one is read from its first to its last row otherwise.
      settings.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
      try (PreparedStatement statement =
              connection.prepareStatement(
                  "EXPLAIN "
                      + JdbcView.chargesSql(
                              scope, new PostgresDialect(((PostgresStore) fixture.store).place))
                          .replaceFirst("\\?", "'restart'")
                          .replaceFirst("\\?", "'key'")
                          .replaceFirst("\\?", "0"));
          ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          plan.add(row.getString(1));
        }
      }
    }

    assertThat(plan)
        .anySatisfy(line -> assertThat(line).contains("using charges_of_" + scope.word()))
        .anySatisfy(line ->
            assertThat(line)
                .contains("Index Cond: ((class = 'restart'::text) AND (scope_" + scope.word())
                .contains("(at > 0)"))
        .anySatisfy(line -> assertThat(line).contains("outcomes_not_charged"))
        .noneSatisfy(line -> assertThat(line).contains("Seq Scan"));
  }
}
