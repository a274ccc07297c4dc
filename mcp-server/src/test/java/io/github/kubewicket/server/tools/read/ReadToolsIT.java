package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.Shop;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@RealCluster
class ReadToolsIT {
  private static Shop shop;
  private static ClusterView view;
  private final ListResources list = new ListResources();
  private final GetResource get = new GetResource(InstantSource.system());
  private final GetLogs logs = new GetLogs(InstantSource.system());
  private final ListEvents events = new ListEvents(InstantSource.system());
  private final DescribeKind describe = new DescribeKind();

  @BeforeAll
  static void open() {
    shop = Shop.open();
    view = TestCluster.connect().view();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void listsEveryKindThatCanBeListed() {
    List<String> failed = new ArrayList<>();
    for (KindInfo kind : view.kinds()) {
      if (kind.verbs().contains("list")) {
        try {
          Called.read(list, view, "{'kind':'" + kind.plural() + "." + kind.group() + "'}");
        } catch (ClusterException e) {
          failed.add(kind.plural() + ": " + e.getMessage());
        }
      }
    }

    assertThat(failed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pdb", "cronjobs", "hpa", "ing", "sts", "ds", "wd", "widget", "crd", "no"})
  void knowsKubectlsNames(String name) {
    Reply reply = Called.read(list, view, "{'kind':'" + name + "'}");

    assertThat(reply.structured().path("columns").toString()).contains("Name");
  }

  @Test
  void showsTheCrashLoopingPodFirst() {
    Reply reply = Called.read(list, view, in("{'kind':'deploy','namespace':'SHOP'}"));

    assertThat(reply.structured().path("rows").path(0).path(0).asString()).isEqualTo("broken");
    assertThat(reply.structured().path("states").toString()).contains("not ready");
  }

  @Test
  void climbsFromAPodToItsDeployment() {
    String pod = podOf("web");

    Reply reply =
        Called.read(get, view, in("{'kind':'pod','name':'" + pod + "','namespace':'SHOP'}"));

    assertThat(reply.structured().path("owners").toString())
        .contains("ReplicaSet/web-")
        .contains("Deployment/web");
    assertThat(reply.structured().path("events").size()).isPositive();
  }

  @Test
  void readsLogsNowAndBeforeTheLastRestart() {
    Reply now = Called.read(logs, view, in("{'target':'deployment/web','namespace':'SHOP'}"));
    Reply before =
        Called.read(
            logs, view, in("{'target':'deployment/broken','namespace':'SHOP','previous':true}"));

    assertThat(now.structured().path("lines").toString()).contains("listening");
    assertThat(now.structured().path("pods").size()).isGreaterThan(1);
    assertThat(before.structured().path("lines").size()).isPositive();
  }

  @Test
  void groupsEventsAndMarksWarnings() {
    Reply reply =
        Called.read(events, view, in("{'namespace':'SHOP','fieldSelector':'type=Warning'}"));

    assertThat(reply.structured().path("groups").path(0).path("reason").asString())
        .isEqualTo("BackOff");
  }

  @Test
  void explainsBuiltInAndCustomKinds() {
    Reply field =
        Called.read(describe, view, "{'kind':'deploy','path':'spec.template.spec.containers'}");
    Reply custom = Called.read(describe, view, "{'kind':'widget','path':'spec'}");

    assertThat(names(field)).contains("image", "env", "readinessProbe");
    assertThat(names(custom)).isNotEmpty();
  }

  @Test
  void saysThatTheCertificateIsNotTrusted(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(
        file,
        Files.readString(TestCluster.kubeconfig())
            .replaceAll("certificate-authority-data: \\S+", ""));

    long start = System.nanoTime();
    ClusterException failure =
        catchThrowableOfType(
            ClusterException.class, () -> TestCluster.connect(file).view().kinds());

    assertThat(failure.denial().code()).isEqualTo(Reason.CLUSTER_UNAVAILABLE);
    assertThat(failure.getMessage()).contains("is not trusted");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void saysThatTheTokenIsNotAccepted(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(
        file,
        Files.readString(TestCluster.kubeconfig())
            .replaceAll("token: \\S+", "token: inv4lid-t0ken")
            .replaceAll("client-(certificate|key)-data: \\S+", ""));

    ClusterException failure =
        catchThrowableOfType(
            ClusterException.class,
            () -> TestCluster.connect(file).view().get(view.kind("ns"), Optional.empty(), "shop"));

    assertThat(failure.getMessage()).doesNotContain("inv4lid");
    assertThat(failure.denial().code()).isIn(Reason.CLUSTER_UNAVAILABLE, Reason.FORBIDDEN);
  }

  private static String in(String arguments) {
    return arguments.replace("SHOP", shop.namespace());
  }

  private String podOf(String deployment) {
    Reply reply =
        Called.read(
            list,
            view,
            in("{'kind':'pod','namespace':'SHOP','labelSelector':'app=" + deployment + "'}"));
    return reply.structured().path("rows").path(0).path(0).asString();
  }

  private static List<String> names(Reply reply) {
    List<String> names = new ArrayList<>();
    for (JsonNode field : reply.structured().path("fields")) {
      names.add(field.path("name").asString());
    }
    return names;
  }
}
