package io.github.kubewicket.server.people;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.server.cluster.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a person sees before deciding: first what the server computed, the agent's own words last
/// and marked as such. Nothing in it can move the cursor or reorder text.
public final class RequestCard {
  private static final String RULE = "─".repeat(72);

  private RequestCard() {}

  /// One line for a list.
  public static String line(ChangeRequest request, Instant now) {
    return String.format(
        "%s  %-9s %-17s %s  asked by %s, %s",
        request.id(),
        request.state().name().toLowerCase(Locale.ROOT),
        line(request.text("tool")),
        line(request.text("target")),
        line(request.text("caller")),
        left(request, now));
  }

  /// The whole card, ready to print.
  public static String card(ChangeRequest request, Instant now) {
    StringBuilder card = new StringBuilder();
    card.append(RULE).append('\n');
    row(card, "request", request.id() + "  (" + request.shortDigest() + ")");
    row(card, "state", request.state().name().toLowerCase(Locale.ROOT));
    row(card, "tool", request.text("tool"));
    row(card, "target", request.text("target"));
    row(card, "uid", request.text("targetUid"));
    row(card, "asked by", request.text("caller"));
    row(card, "rule", request.text("rule"));
    for (JsonNode because : request.body().path("because")) {
      row(card, "because", because.asString(""));
    }
    if (request.approvalsNeeded() > 1) {
      row(
          card,
          "approvals",
          request.approvals().size() + " of " + request.approvalsNeeded() + " people so far");
    }
    row(card, "way back", request.text("wayBack"));
    row(card, "expires", request.expiresAt() + ", " + left(request, now));
    row(card, "blast radius", blastRadius(request.body().path("blastRadius")));
    for (JsonNode warning : request.body().path("warnings")) {
      row(card, "warning", warning.asString(""));
    }
    card.append('\n').append(Untrusted.clean(request.text("diff"))).append("\n\n");
    card.append("── written by the agent (untrusted) ").append("─".repeat(37)).append('\n');
    quoted(card, "reason", request.text("reason"));
    quoted(card, "trigger", request.text("trigger"));
    quoted(card, "confidence", request.text("confidence"));
    return card.append(RULE).append('\n').toString();
  }

  private static String blastRadius(JsonNode radius) {
    return radius.properties().stream()
        .map(member -> member.getKey() + " " + member.getValue().asString(""))
        .collect(Collectors.joining(", "));
  }

  private static void row(StringBuilder card, String name, String value) {
    card.append(String.format("%-13s %s%n", name, line(value)));
  }

  private static void quoted(StringBuilder card, String name, String value) {
    if (!value.isEmpty()) {
      card.append(name).append(":\n");
      Untrusted.clean(value).lines().forEach(line -> card.append("  │ ").append(line).append('\n'));
    }
  }

  private static String line(String text) {
    return Untrusted.line(text, 1_000);
  }

  private static String left(ChangeRequest request, Instant now) {
    Duration left = Duration.between(now, request.expiresAt());
    return left.isNegative()
        ? "expired"
        : left.toMinutes() + " min " + left.toSecondsPart() + " s left";
  }
}
