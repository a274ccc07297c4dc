package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How a target is named.
class TargetTest {
  @Test
  void aPodIsFoundByItsWorkload() {
    Target pod = target("Pod", "web-1", "StatefulSet/web");

    assertThat(pod.workloadKind()).isEqualTo("StatefulSet");
    assertThat(pod.namespaceKey()).isEqualTo("cluster-1/shop");
    assertThat(pod.workloadKey()).isEqualTo("cluster-1/shop/StatefulSet/web");
  }

  @Test
  void whatHasNoWorkloadIsOfItsOwnKind() {
    Target alone = target("Pod", "web-1", "");

    assertThat(alone.workloadKind()).isEqualTo("Pod");
    assertThat(alone.workloadKey()).isEqualTo("cluster-1/shop/");
  }

  private static Target target(String kind, String name, String workload) {
    return new Target(
        "cluster-1",
        "v1",
        kind,
        "shop",
        name,
        "uid-1",
        1,
        "sha256:spec",
        Map.of(),
        workload,
        Optional.empty());
  }
}
