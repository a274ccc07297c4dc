package io.github.kubewicket.policy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Templates of users and groups, filled with a caller.
class ImpersonationTest {
  private static final Caller ADA = new Caller("oidc:corp:ada", Set.of("sre", "dev"), Set.of());

  @Test
  void putsTheCallersNameIntoTheUser() {
    Impersonation as = new Impersonation("kubewicket:{name}", List.of());

    assertThat(as.userOf(ADA)).isEqualTo("kubewicket:oidc:corp:ada");
    assertThat(as.groupsOf(ADA)).isEmpty();
  }

  @Test
  void givesOneGroupForEachOfTheCallersGroups() {
    Impersonation as = new Impersonation("{name}", List.of("agents", "kw:{groups}", "of:{name}"));

    assertThat(as.groupsOf(ADA)).containsExactly("agents", "kw:dev", "kw:sre", "of:oidc:corp:ada");
  }

  @Test
  void aCallerWithoutGroupsGetsNoneFromThem() {
    Impersonation as = new Impersonation("{name}", List.of("{groups}"));

    assertThat(as.groupsOf(new Caller("stdio:sam"))).isEmpty();
  }

  @Test
  void whatIsPutInIsNoTemplate() {
    Caller tricky = new Caller("token:{groups}", Set.of("{name}"), Set.of());
    Impersonation as = new Impersonation("{name}", List.of("{name}/{groups}"));

    assertThat(as.userOf(tricky)).isEqualTo("token:{groups}");
    assertThat(as.groupsOf(tricky)).containsExactly("token:{groups}/{name}");
  }
}
