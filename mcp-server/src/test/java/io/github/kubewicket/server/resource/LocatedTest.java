package io.github.kubewicket.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocatedTest {
  @Test
  void readsTheClusterBeforeObjectsAndReports() {
    assertThat(read("kubewicket://prod/objects/shop/deploy/web"))
        .isEqualTo(new Located("prod", new Address.OfObject(Optional.of("shop"), "deploy", "web")));
    assertThat(read("kubewicket://eu-1/objects/-/node/demo-a"))
        .isEqualTo(new Located("eu-1", new Address.OfObject(Optional.empty(), "node", "demo-a")));
    assertThat(read("kubewicket://prod/reports/shop"))
        .isEqualTo(new Located("prod", new Address.OfReport("shop")));
  }

  @Test
  void readsChangesWhereTheyAlwaysWere() {
    assertThat(read("kubewicket://changes")).isEqualTo(new Located("", new Address.OfChanges()));
    assertThat(read("kubewicket://changes/ch_1"))
        .isEqualTo(new Located("", new Address.OfChange("ch_1")));
  }

  @Test
  void takesAClusterForOneWhateverItIsCalled() {
    assertThat(read("kubewicket://changes/reports/shop"))
        .isEqualTo(new Located("changes", new Address.OfReport("shop")));
    assertThat(read("kubewicket://objects/objects/shop/deploy/web"))
        .isEqualTo(
            new Located("objects", new Address.OfObject(Optional.of("shop"), "deploy", "web")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kubewicket://",
        "kubewicket://prod",
        "kubewicket://prod/",
        "kubewicket://reports/shop",
        "kubewicket://objects/shop/deploy/web",
        "kubewicket://prod/changes",
        "kubewicket://prod/changes/ch_1",
        "kubewicket://Prod/reports/shop",
        "kubewicket://%70rod/reports/shop",
        "kubewicket://../reports/shop",
        "kubewicket:///reports/shop",
        "kubewicket://-/reports/shop",
        "kubewicket://{cluster}/reports/shop",
        "kubewicket://prod/reports/shop/",
        "kubewicket://prod//reports/shop",
        "kubewicket://prod/prod/reports/shop",
        "kubewicket://prod/objects/shop/deploy",
        "kubewicket://prod/objects/shop/deploy/%2e%2e",
        "kubewicket://prod/reports/shop?cluster=here",
        "kubewicket://prod@here/reports/shop"
      })
  void namesNothing(String uri) {
    Located.Read read = Located.of(uri, true);

    assertThat(read).isInstanceOf(Located.Read.Bad.class);
    assertThat(((Located.Read.Bad) read).message()).endsWith(".").hasSizeLessThan(200);
  }

  @Test
  void knowsNoClustersWhereThereIsOne() {
    assertThat(Located.of("kubewicket://prod/reports/shop", false))
        .isInstanceOf(Located.Read.Bad.class);
    assertThat(Located.of("kubewicket://reports/shop", false))
        .isEqualTo(new Located.Read.Good(new Located("", new Address.OfReport("shop"))));
  }

  @Test
  void refusesAnyLength() {
    assertThat(Located.of("kubewicket://" + "a/".repeat(1_000_000), true))
        .isInstanceOf(Located.Read.Bad.class);
    assertThat(Located.of("kubewicket://" + "a".repeat(64) + "/reports/shop", true))
        .isInstanceOf(Located.Read.Bad.class);
  }

  private static Located read(String uri) {
    if (Located.of(uri, true) instanceof Located.Read.Good(Located located)) {
      return located;
    }
    throw new AssertionError(uri + " names nothing");
  }
}
