package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.change.Change;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RolloutTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "not seen by its controller | Progressing | {kind: Deployment, generation: 2, observed: 1, spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 3, availableReplicas: 3}}",
        "old pods left | Progressing | {kind: Deployment, generation: 2, observed: 2, spec: {replicas: 3}, status: {replicas: 4, updatedReplicas: 3, availableReplicas: 3}}",
        "new pods not available | Progressing | {kind: Deployment, generation: 2, observed: 2, spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 3, availableReplicas: 2}}",
        "complete | Healthy | {kind: Deployment, generation: 2, observed: 2, spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 3, availableReplicas: 3}}",
        "scaled to none | Healthy | {kind: Deployment, generation: 2, observed: 2, spec: {replicas: 0}, status: {}}",
        "deadline exceeded | Failed | {kind: Deployment, generation: 2, observed: 2, spec: {replicas: 3}, status: {replicas: 3, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}]}}",
        "revisions differ | Progressing | {kind: StatefulSet, generation: 1, observed: 1, spec: {replicas: 1}, status: {replicas: 1, readyReplicas: 1, currentRevision: a, updateRevision: b}}",
        "one revision and ready | Healthy | {kind: StatefulSet, generation: 1, observed: 1, spec: {replicas: 1}, status: {replicas: 1, readyReplicas: 1, currentRevision: b, updateRevision: b}}",
        "on delete | Healthy | {kind: StatefulSet, generation: 1, observed: 1, spec: {replicas: 1, updateStrategy: {type: OnDelete}}, status: {replicas: 1, readyReplicas: 1, currentRevision: a, updateRevision: b}}",
        "one node missing | Progressing | {kind: DaemonSet, generation: 1, observed: 1, spec: {}, status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1}}",
        "every node | Healthy | {kind: DaemonSet, generation: 1, observed: 1, spec: {}, status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2}}",
      })
  void readsAStatusAsKubectlDoes(String name, String expected, String yaml) {
    LiveObject workload = workload(yaml);

    Change.Health health = Rollout.of(workload);

    assertThat(health.getClass().getSimpleName()).as(name).isEqualTo(expected);
  }

  private static LiveObject workload(String flow) {
    var yaml = tools.jackson.dataformat.yaml.YAMLMapper.builder().build().readTree(flow);
    var json = JSON.createObjectNode();
    json.put("apiVersion", "apps/v1").put("kind", yaml.path("kind").asString(""));
    json.putObject("metadata").put("generation", yaml.path("generation").asLong(0));
    json.set("spec", yaml.path("spec"));
    var status = (tools.jackson.databind.node.ObjectNode) yaml.path("status").deepCopy();
    json.set("status", status.put("observedGeneration", yaml.path("observed").asLong(0)));
    return new LiveObject(json);
  }
}
