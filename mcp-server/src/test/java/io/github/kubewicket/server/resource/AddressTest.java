package io.github.kubewicket.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void readsEachShape() {
    assertThat(read("kubewicket://objects/shop/deploy/web"))
        .isEqualTo(new Address.OfObject(Optional.of("shop"), "deploy", "web"));
    assertThat(read("kubewicket://objects/-/node/demo-a"))
        .isEqualTo(new Address.OfObject(Optional.empty(), "node", "demo-a"));
    assertThat(read("kubewicket://reports/shop")).isEqualTo(new Address.OfReport("shop"));
    assertThat(read("kubewicket://changes")).isEqualTo(new Address.OfChanges());
    assertThat(read("kubewicket://changes/ch_01J-revert"))
        .isEqualTo(new Address.OfChange("ch_01J-revert"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubewicket://objects/shop/deployments.apps/web",
        "kubewicket://objects/-/clusterroles/system%3Anode-proxier",
        "kubewicket://objects/shop/cm/kube-root-ca.crt",
        "kubewicket://reports/shop",
        "kubewicket://changes",
        "kubewicket://changes/ar_01M84DA4H0SPGF7J6DHMDREZHZ"
      })
  void writesWhatItRead(String uri) {
    assertThat(read(uri).uri()).isEqualTo(uri);
  }

  @Test
  void decodesOnceAndTakesEachSpellingForTheSame() {
    Address plain = read("kubewicket://objects/-/clusterroles/system:node");
    Address encoded = read("kubewicket://objects/-/%63lusterroles/system%3anode");

    assertThat(encoded).isEqualTo(plain);
    assertThat(encoded.uri()).isEqualTo("kubewicket://objects/-/clusterroles/system%3Anode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kubewicket:",
        "kubewicket://",
        "kubewicket:///changes",
        "KUBEWICKET://changes",
        "file:///etc/passwd",
        "http://kubewicket/changes",
        " kubewicket://changes",
        "kubewicket://changes/",
        "kubewicket://changes?all",
        "kubewicket://changes#all",
        "kubewicket://changes/a/b",
        "kubewicket://Changes",
        "kubewicket://user@changes",
        "kubewicket://objects/shop/deploy",
        "kubewicket://objects/shop/deploy/web/status",
        "kubewicket://objects/shop//web",
        "kubewicket://objects//deploy/web",
        "kubewicket://objects/shop/deploy/.",
        "kubewicket://objects/shop/deploy/..",
        "kubewicket://objects/shop/deploy/%2e%2e",
        "kubewicket://objects/shop/%2E%2E/web",
        "kubewicket://objects/shop/deploy/a%2fb",
        "kubewicket://objects/shop/deploy/a%2Fb",
        "kubewicket://objects/shop/deploy/%252e%252e",
        "kubewicket://objects/shop/deploy/a%25b",
        "kubewicket://objects/shop/deploy/a%00",
        "kubewicket://objects/shop/deploy/a%0ab",
        "kubewicket://objects/shop/deploy/a%1b%5b2J",
        "kubewicket://objects/shop/deploy/a%7f",
        "kubewicket://objects/shop/deploy/a%20b",
        "kubewicket://objects/shop/deploy/a b",
        "kubewicket://objects/shop/deploy/a\nb",
        "kubewicket://objects/shop/deploy/a\\b",
        "kubewicket://objects/shop/deploy/ä",
        "kubewicket://objects/shop/deploy/%c3%a4",
        "kubewicket://objects/shop/deploy/%c0%ae%c0%ae",
        "kubewicket://objects/shop/deploy/%ff",
        "kubewicket://objects/shop/deploy/%",
        "kubewicket://objects/shop/deploy/%2",
        "kubewicket://objects/shop/deploy/%zz",
        "kubewicket://objects/shop/deploy/%+1",
        "kubewicket://objects/shop/pods%2Flog/web",
        "kubewicket://objects/Shop/deploy/web",
        "kubewicket://objects/shop-/deploy/web",
        "kubewicket://objects/*/deploy/web",
        "kubewicket://reports/-",
        "kubewicket://reports/..",
        "kubewicket://reports/{namespace}",
        "kubewicket://changes/a%27b",
        "kubewicket://secrets/shop"
      })
  void namesNothing(String uri) {
    Address.Read read = Address.of(uri);

    assertThat(read).isInstanceOf(Address.Read.Bad.class);
    assertThat(((Address.Read.Bad) read).message()).endsWith(".").hasSizeLessThan(200);
  }

  @Test
  void refusesAnyLength() {
    String longest = "kubewicket://objects/shop/cm/" + "a".repeat(253);

    assertThat(Address.of(longest)).isInstanceOf(Address.Read.Good.class);
    assertThat(Address.of(longest + "a")).isInstanceOf(Address.Read.Bad.class);
    assertThat(Address.of("kubewicket://changes/" + "%41".repeat(1_000_000)))
        .isInstanceOf(Address.Read.Bad.class);
  }

  private static Address read(String uri) {
    if (Address.of(uri) instanceof Address.Read.Good(Address address)) {
      return address;
    }
    throw new AssertionError(uri + " names nothing");
  }
}
