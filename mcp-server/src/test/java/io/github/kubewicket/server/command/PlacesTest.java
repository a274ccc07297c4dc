package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  @TempDir Path home;

  @Test
  void anOptionWinsOverTheEnvironmentAndThatOverTheUsualPlace() throws IOException {
    Path usual = home.resolve(".config/kubewicket/tools.yaml");
    Files.createDirectories(usual.getParent());
    Files.writeString(usual, "apiVersion: kubewicket.dev/v1\n");
    Map<String, String> environment = Map.of("KUBEWICKET_CONFIG", "/a/tools.yaml");

    assertThat(Places.find(environment, home, Optional.of(Path.of("/b/tools.yaml"))).config())
        .contains(Path.of("/b/tools.yaml"));
    assertThat(Places.find(environment, home, Optional.empty()).config())
        .contains(Path.of("/a/tools.yaml"));
    assertThat(Places.find(Map.of(), home, Optional.empty()).config()).contains(usual);
  }

  @Test
  void withoutAnyFileThereIsNoPolicyAndNotTheOneOfTheWorkingDirectory() {
    assertThat(Places.find(Map.of(), home, Optional.empty()).config()).isEmpty();
  }

  @Test
  void aNamedFileIsNamedEvenWhereItIsMissing() {
    Path missing = home.resolve("missing.yaml");

    assertThat(Places.find(Map.of(), home, Optional.of(missing)).config()).contains(missing);
  }

  @Test
  void stateAndKeysStandWhereTheXdgSpecificationPutsThem() {
    Places usual = Places.find(Map.of(), home, Optional.empty());
    Places moved =
        Places.find(
            Map.of("XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "relative"), home, Optional.empty());

    assertThat(usual.state()).isEqualTo(home.resolve(".local/state/kubewicket"));
    assertThat(usual.keys()).isEqualTo(home.resolve(".config/kubewicket/keys"));
    assertThat(moved.state()).isEqualTo(Path.of("/s/kubewicket"));
    assertThat(moved.keys()).isEqualTo(home.resolve(".config/kubewicket/keys"));
  }

  @Test
  void aPostgresqlHoldsTheLedgerAndNothingElse() {
    Places places =
        Places.find(
            Map.of(
                "KUBEWICKET_STATE", "jdbc:postgresql://db:5432/kw?user=u&password=s3cret",
                "KUBEWICKET_CHECKPOINT_KEY", "/keys/checkpoint.key"),
            home,
            Optional.empty());

    assertThat(places.shelf()).isInstanceOf(Shelf.Shared.class);
    assertThat(places.shelf().name()).isEqualTo("postgresql://db:5432/kw");
    assertThat(places.state()).isEqualTo(home.resolve(".local/state/kubewicket"));
    assertThat(places.toString()).doesNotContain("s3cret");
  }
}
