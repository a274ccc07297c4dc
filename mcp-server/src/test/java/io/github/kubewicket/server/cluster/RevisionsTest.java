package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RevisionsTest {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "not seen by its controller | true | false | {kind: Deployment, metadata: {generation: 3}, spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2}}",
        "out, and well | false | true | {kind: Deployment, spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]}}",
        "out, a pod crashes | false | true | {kind: Deployment, spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2, availableReplicas: 1, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]}}",
        "out, scaling up | false | true | {kind: Deployment, spec: {replicas: 9}, status: {replicas: 4, updatedReplicas: 4, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]}}",
        "old pods left | true | false | {kind: Deployment, spec: {replicas: 2}, status: {replicas: 3, updatedReplicas: 1}}",
        "new pods start | true | false | {kind: Deployment, spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, reason: ReplicaSetUpdated}]}}",
        "stuck | false | false | {kind: Deployment, spec: {replicas: 2}, status: {replicas: 3, updatedReplicas: 1, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]}}",
        "scaled to none | false | true | {kind: Deployment, spec: {replicas: 0}, status: {conditions: [{type: Progressing, reason: ReplicaSetUpdated}]}}",
        "one revision | false | true | {kind: StatefulSet, spec: {replicas: 2}, status: {replicas: 2, readyReplicas: 1, updatedReplicas: 2, currentRevision: a, updateRevision: a}}",
        "two revisions | true | false | {kind: StatefulSet, spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b}}",
        "up to the partition | false | true | {kind: StatefulSet, spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}}, status: {replicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b}}",
        "not up to the partition | true | false | {kind: StatefulSet, spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}}, status: {replicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b}}",
        "when somebody deletes | false | true | {kind: StatefulSet, spec: {replicas: 3, updateStrategy: {type: OnDelete}}, status: {replicas: 3, updatedReplicas: 1, currentRevision: a, updateRevision: b}}",
        "an old daemon | true | false | {kind: DaemonSet, status: {desiredNumberScheduled: 2, updatedNumberScheduled: 1}}",
        "new daemons | false | true | {kind: DaemonSet, status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 0}}",
      })
  void tellsARolloutFromABadDay(String name, boolean underWay, boolean complete, String workload) {
    ObjectNode json = (ObjectNode) YAML.readTree(workload);
    json.put("apiVersion", "apps/v1");
    if (!json.has("metadata")) {
      json.putObject("metadata").put("generation", 2);
    }
    json.withObject("/status").put("observedGeneration", 2);

    boolean[] told = {Revisions.underWay(json), Revisions.complete(json)};

    assertThat(told).as(name).containsExactly(underWay, complete);
  }
}
