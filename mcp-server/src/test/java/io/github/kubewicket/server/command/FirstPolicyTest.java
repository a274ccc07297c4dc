package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.config.Checked;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.rules.ShadowTerms;
import io.github.kubewicket.server.tools.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstPolicyTest {
  @TempDir Path folder;

  @Test
  void loadsAndHasOneNarrowRuleInShadowAndNoWarning() {
    String text = FirstPolicy.text("staging", folder.resolve("a \"b\": #c"));

    Checked checked =
        Wiring.loader(Tools.all(InstantSource.system()))
            .check("tools.yaml", text.getBytes(StandardCharsets.UTF_8));

    assertThat(checked.loaded()).isInstanceOf(Loaded.Valid.class);
    assertThat(checked.warnings()).isEmpty();
    Policy policy = ((Loaded.Valid) checked.loaded()).policy();
    assertThat(policy.rules()).hasSize(1);
    assertThat(policy.rules().getFirst().namespaces()).containsExactly("staging");
    assertThat(policy.rules().getFirst().terms().shadow()).isEqualTo(ShadowTerms.USUAL);
    assertThat(policy.guardrails().notifier().file())
        .contains(folder.resolve("a \"b\": #c").resolve("acts.jsonl").toString());
  }

  @Test
  void beginsWithTheSchemaAndHoldsExactlyOneRule() {
    List<String> lines = FirstPolicy.text("staging", folder).lines().toList();

    assertThat(lines.getFirst()).startsWith("# yaml-language-server: $schema=");
    assertThat(lines.stream().filter(line -> line.startsWith("  - name:"))).hasSize(1);
    assertThat(lines).contains("    namespaces: [staging]").noneMatch(line -> line.contains("@"));
  }

  @Test
  void writesAFileOnceAndTheFolderItStandsIn() throws IOException {
    Path file = folder.resolve("config").resolve("tools.yaml");

    FirstPolicy.write(file, "dev", folder);

    assertThat(Files.readString(file)).isEqualTo(FirstPolicy.text("dev", folder));
    assertThatThrownBy(() -> FirstPolicy.write(file, "other", folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file)).isEqualTo(FirstPolicy.text("dev", folder));
  }

  @Test
  void theCommandRefusesToOverwriteAndToTakeANamespaceThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("tools.yaml"), "mine");
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    int taken = Kubewicket.run(new String[] {"init", file.toString()}, out);
    int wide =
        Kubewicket.run(
            new String[] {"init", "--namespace", "*", folder.resolve("new").toString()}, out);

    assertThat(taken).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(wide).isEqualTo(2);
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
