package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.limit.Scope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SqliteLedgerQueriesTest extends LedgerQueriesContract {
  @Override
  LedgerFixture fixture(Path directory) {
    return new LedgerFixture(directory);
  }

  @ParameterizedTest
  @EnumSource
  void readsChargesAsOneRangeOfAnIndex(Scope scope) throws Exception {
    fixture.append(EntryType.INTENT, intent("ch_1"));
    List<String> plan = new ArrayList<>();

    try (Connection connection = fixture.store.raw();
        PreparedStatement statement =
            connection.prepareStatement(
                "EXPLAIN QUERY PLAN "
                    + JdbcView.chargesSql(scope, new SqliteDialect(fixture.state.ledger())));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        plan.add(row.getString("detail"));
      }
    }

    assertThat(plan)
        .containsExactly(
            "SEARCH i USING INDEX charges_of_%s (class=? AND scope_%s=? AND at>?)"
                .formatted(scope.word(), scope.word()),
            "CORRELATED SCALAR SUBQUERY 1",
            "SEARCH o USING INDEX outcomes_not_charged (change_id=?)");
  }
}
