package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that are made and do not become healthy, and a kind that Kubernetes does not know by
/// itself.
@RealCluster
class FailedChangesIT {
  private static final String GROUP = "e2e.kubewicket.test";

  @TempDir private static Path folder;
  private static KubeApi api;
  private static TestNamespace namespace;
  private static String definition;
  private static String gadgets;
  private static Installation installation;
  private static ServerProcess server;

  @BeforeAll
  static void deploy() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "failed");
    defineGadgets();
    api.create(
        namespace.core("configmaps"),
        "{kind: ConfigMap, metadata: {name: needed}, data: {greeting: hello}}");
    namespace.deployment(
        "needy",
        1,
        Manifests.sleeping()
            + "env: [{name: GREETING, valueFrom: {configMapKeyRef: {name: needed, key: greeting}}}]\n");
    namespace.deployment("full", 1);
    namespace.awaitAvailable("needy", "full");
    installation =
        new Installation(folder, TestCluster.kubeconfig())
            .policy(Policies.auto(namespace.name(), "8s"));
    server = installation.serve();
  }

  @AfterAll
  static void remove() {
    server.close();
    namespace.close();
    api.delete(definition);
  }

  @Test
  void putsAScaleBackThatDoesNotBecomeReady() {
    api.create(
        namespace.core("resourcequotas"),
        "{kind: ResourceQuota, metadata: {name: full}, spec: {hard: {\"requests.cpu\": \"0\"}}}");

    Reply reply = server.call("scale_workload", Calls.scale(namespace, "deployment/full", 4));

    assertThat(reply.result()).as(reply.text()).isEqualTo("reverted");
    assertThat(reply.failed()).isTrue();
    assertThat(namespace.replicas("full")).isEqualTo(1);
    assertThat(namespace.pods("full")).hasSize(1);
    assertThat(namespace.generation("full")).isEqualTo(3);
    assertThat(installation.run("audit", "show").out())
        .contains("result=reverted")
        .contains("-revert");
    api.delete(namespace.core("resourcequotas/full"));
  }

  @Test
  void handsARestartOverToAPersonThatDoesNotBecomeReady() {
    api.delete(namespace.core("configmaps/needed"));

    Reply reply = server.call("restart_workload", Calls.restart(namespace, "deployment/needy"));

    assertThat(reply.result()).as(reply.text()).isEqualTo("escalated");
    assertThat(reply.failed()).isTrue();
    assertThat(reply.text()).contains("Hand over to a person");
    assertThat(namespace.generation("needy")).isEqualTo(2);
  }

  @Test
  void scalesACustomResourceAndWaitsForItsController() {
    api.create(gadgets, gadget("lamp"));
    Thread controller =
        Thread.ofVirtual()
            .start(() -> {
              Wait.until("the lamp is scaled", () -> size("lamp") == 3);
              api.mergePatch(gadgets + "/lamp/status", "{\"status\":{\"ready\":3}}");
            });

    Reply reply =
        server.call("scale_workload", Calls.scale(namespace, "gadgets." + GROUP + "/lamp", 3));

    controller.interrupt();
    assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
    assertThat(size("lamp")).isEqualTo(3);
  }

  @Test
  void putsACustomResourceBackWhoseControllerDoesNothing() {
    api.create(gadgets, gadget("vase"));

    Reply reply =
        server.call("scale_workload", Calls.scale(namespace, "gadgets." + GROUP + "/vase", 3));

    assertThat(reply.result()).as(reply.text()).isEqualTo("reverted");
    assertThat(size("vase")).isEqualTo(1);
  }

  private static int size(String name) {
    return api.get(gadgets + "/" + name).path("spec").path("size").asInt(-1);
  }

  private static String gadget(String name) {
    return "{apiVersion: %s/v1, kind: Gadget, metadata: {name: %s}, spec: {size: 1}}"
        .formatted(GROUP, name);
  }

  /// A kind with a scale subresource that names its fields as it likes.
  private static void defineGadgets() {
    String plural = "gadgets";
    definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + GROUP;
    gadgets = "/apis/" + GROUP + "/v1/namespaces/" + namespace.name() + "/" + plural;
    api.create(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %s.%s}
        spec:
          group: %s
          scope: Namespaced
          names: {kind: Gadget, listKind: GadgetList, plural: %s, singular: gadget}
          versions:
            - name: v1
              served: true
              storage: true
              subresources:
                status: {}
                scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.ready}
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec: {type: object, properties: {size: {type: integer}}}
                    status: {type: object, properties: {ready: {type: integer}}}
        """
            .formatted(plural, GROUP, GROUP, plural));
    Wait.until("the kind is served", () -> api.find(gadgets).isPresent());
  }
}
