package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AuditShowTest {
  @ParameterizedTest
  @EnumSource(names = {"PAUSED", "RESUMED", "RELEASED", "TOKEN_REVOKED", "REJECTED", "REVOKED"})
  void saysWhomItConcernsWhoWroteItAndWhy(EntryType type) {
    String line = line(type, body("token:tk_1").put("by", "sam").put("reason", "it was lost"));

    assertThat(line)
        .contains(type.word())
        .endsWith("subject=token:tk_1  by=sam  reason=\"it was lost\"");
  }

  @Test
  void namesTheTokenThatWasGivenOutAndNotItsHash() {
    String line =
        line(
            EntryType.TOKEN_ISSUED,
            body("token:tk_1").put("name", "ci").put("by", "sam").put("sha256", "abcdef"));

    assertThat(line).endsWith("subject=token:tk_1  name=ci  by=sam").doesNotContain("abcdef");
  }

  @Test
  void namesTheRuleThatWasSeenAndTheCallerThatWasFrozen() {
    assertThat(line(EntryType.RULE, body("rule:web"))).endsWith("subject=rule:web");
    assertThat(line(EntryType.FROZEN, body("stdio:sam"))).endsWith("subject=stdio:sam");
  }

  @Test
  void keepsWhatWasSaidOnItsLineAndInItsField() {
    String line =
        line(EntryType.PAUSED, body("*").put("by", "sam").put("reason", "x\" by=eve\n1  paused"));

    assertThat(line.lines()).hasSize(1);
    assertThat(line).contains("by=sam  reason=\"x' by=eve");
  }

  @Test
  void leavesWhatAnAgentSaidOfItsChangeToTheChange() {
    String line = line(EntryType.INTENT, body("rule:web").put("reason", "because"));

    assertThat(line).doesNotContain("because", "rule:web");
  }

  private static ObjectNode body(String subject) {
    return JsonNodeFactory.instance.objectNode().put("subject", subject);
  }

  private static String line(EntryType type, ObjectNode body) {
    return AuditCommand.Show.line(
        new Entry(7, Instant.parse("2026-11-01T12:00:00Z"), type, body, "0", "1"));
  }
}
