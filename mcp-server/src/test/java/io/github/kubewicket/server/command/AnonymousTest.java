package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnonymousTest {
  private static final String SILENT = "apiVersion: kubewicket.dev/v1\n";
  private static final String SPEAKS = SILENT + "http: {tokens: on}\n";
  private static final String WRONG = SPEAKS + "rules: [\n";

  private Loaded policy = loaded(SILENT);

  @Test
  void letsTheMachineInOnLoopbackWhileTheFileIsSilent() {
    assertThat(new Anonymous(true, () -> policy).get())
        .hasValueSatisfying(caller -> assertThat(caller.name()).isEqualTo("http:local"));
    assertThat(new Anonymous(false, () -> policy).get()).isEmpty();
  }

  @Test
  void opensNothingWhileAFileThatWasNeverRightMayHaveSpoken() {
    policy = loaded(WRONG);

    assertThat(new Anonymous(true, () -> policy).get()).isEmpty();
  }

  @Test
  void closesOnceTheFileSpeaksAndStaysClosed() {
    Anonymous anonymous = new Anonymous(true, () -> policy);
    boolean before = anonymous.get().isPresent();
    policy = loaded(SPEAKS);
    boolean spoken = anonymous.get().isPresent();
    policy = loaded(SILENT);

    assertThat(before).isTrue();
    assertThat(spoken).isFalse();
    assertThat(anonymous.get()).isEmpty();
  }

  @Test
  void goesOnAsItWasWhileAFileThatWasSilentIsWrong() {
    Anonymous anonymous = new Anonymous(true, () -> policy);
    boolean before = anonymous.get().isPresent();
    policy = loaded(WRONG);

    assertThat(before).isTrue();
    assertThat(anonymous.get()).isPresent();
  }

  private static Loaded loaded(String yaml) {
    return new PolicyFile(new KnownTools(Set.of(), Set.of()))
        .load("tools.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
