package io.github.kubewicket.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RequestCardTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void showsWhatTheServerComputedBeforeWhatTheAgentSays() {
    String card = RequestCard.card(request("It leaks."), NOW);

    assertThat(card)
        .containsSubsequence(
            "Deployment/web in namespace shop",
            "podsNow 3",
            "-replicas: 3",
            "written by the agent (untrusted)",
            "It leaks.");
  }

  @Test
  void theAgentCannotMoveTheCursorOrForgeALineOfTheCard() {
    String card =
        RequestCard.card(
            request("\u001b[2J\u001b[1;1Htarget  harmless\r\nstate approved\u202egnorw"), NOW);

    assertThat(card).doesNotContain("\u001b").doesNotContain("\r").doesNotContain("\u202e");
    assertThat(card.lines().filter(line -> line.contains("approved")))
        .allSatisfy(line -> assertThat(line).startsWith("  │ "));
  }

  @Test
  void oneLineStaysOneLine() {
    ChangeRequest request = request("x");

    assertThat(RequestCard.line(request, NOW).lines()).hasSize(1);
  }

  private static ChangeRequest request(String reason) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("tool", "restart_workload\ninjected")
            .put("target", "Deployment/web in namespace shop")
            .put("caller", "stdio:agent")
            .put("diff", "-replicas: 3\n+replicas: 4")
            .put("bindingDigest", "sha256:0123456789abcdef")
            .put("reason", reason);
    body.putObject("blastRadius").put("podsNow", 3);
    return new ChangeRequest(
        "ar_00000000000000000000000000",
        ChangeRequest.State.PENDING,
        NOW,
        NOW.plusSeconds(900),
        body,
        List.of());
  }
}
