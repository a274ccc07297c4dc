package io.github.kubewicket.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people are told of a change, and when.
class AnnouncedWritesTest {
  @TempDir Path directory;

  @Test
  void tellsPeopleBeforeItActsAndAfterwards() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: notify, shadow: off")) {
      way.cluster.whileApplying = () -> assertThat(way.told).containsExactly("about_to_act");

      Reply reply = way.scale();

      assertThat(reply.error()).isFalse();
      assertThat(way.told).containsExactly("about_to_act", "acted");
    }
  }

  @Test
  void tellsNobodyOfWhatARuleInShadowWouldDo() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: notify, shadow: {age: 1d}")) {
      Reply reply = way.scale();

      assertThat(reply.structured().path("decision").asString()).isEqualTo("shadow");
      assertThat(way.told).isEmpty();
      assertThat(way.cluster.sent).isEmpty();
    }
  }

  @Test
  void tellsNobodyOfWhatTheDryRunRefuses() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: notify, shadow: off")) {
      way.cluster.whilePreviewing =
          () -> {
            throw new IllegalStateException("the dry run fails");
          };

      Reply reply = way.scale();

      assertThat(reply.error()).isTrue();
      assertThat(way.told).isEmpty();
    }
  }

  @Test
  void actsAfterTheHoldToWhichNobodyObjected() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: veto, shadow: off")) {
      Reply reply = way.scale();

      assertThat(reply.error()).isFalse();
      assertThat(way.told).containsExactly("held", "acted");
      assertThat(way.cluster.sent).containsExactly("replicas=5");
    }
  }

  @Test
  void holdsOnceAndThenRefuses() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: veto, shadow: off")) {
      way.passing = duration -> {};

      Reply reply = way.scale();

      assertThat(WayOfAChange.code(reply)).isEqualTo("VETO_PENDING");
      assertThat(reply.structured().path("retryAfter").asString())
          .isEqualTo(way.now.plusSeconds(60).toString());
      assertThat(way.told).containsExactly("held");
      assertThat(way.cluster.sent).isEmpty();
    }
  }

  @Test
  void aClockThatJumpsForwardDoesNotEndAHoldEarly() {
    try (WayOfAChange way = new WayOfAChange(directory, "tier: veto, shadow: off")) {
      way.passing = duration -> way.now = way.now.plusSeconds(30);
      Duration[] held = {Duration.ZERO};
      way.cluster.whileApplying = () -> held[0] = way.paused();

      Reply reply = way.scale();

      assertThat(reply.error()).isFalse();
      assertThat(held[0]).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }
  }
}
