package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.cluster.Identity.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One cluster, asked in the names of several callers.
class ImpersonationTest {
  private static final String USER = "Impersonate-user";
  private static final Identity ADA = new Identity("kw:ada", List.of("sre", "dev"), "rq-1");
  private static final Identity SAM = new Identity("kw:sam", List.of(), "rq-2");
  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u1",
       "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"rs","uid":"u2","controller":true}]}}
      """;

  @TempDir private Path folder;
  private FakeApiServer server;
  private Connection cluster;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    server.on("/api/v1/namespaces/shop/pods/web", POD);
    server.on(
        "/apis/apps/v1/namespaces/shop/replicasets/rs",
        "{\"kind\":\"ReplicaSet\",\"metadata\":{\"name\":\"rs\",\"uid\":\"u2\"}}");
    cluster = server.connection(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void saysInWhoseNameItAsks() {
    ClusterView view = cluster.as(ADA).view();

    view.get(view.kind("pods"), Optional.of("shop"), "web");

    var headers = server.seen().getLast().headers();
    assertThat(headers.get(USER)).containsExactly("kw:ada");
    assertThat(headers.get("Impersonate-group")).containsExactlyInAnyOrder("sre", "dev");
    assertThat(headers.get("Impersonate-extra-kubewicket.dev%2frequest-id"))
        .containsExactly("rq-1");
    assertThat(headers.get("Authorization")).containsExactly("Bearer t0ken-of-the-test");
  }

  @Test
  void asksForObjectsOwnersEventsListsAndLogsInThatNameAlone() {
    server.on("/api/v1/namespaces/shop/pods", "{\"kind\":\"PodList\",\"items\":[]}");
    server.on("/api/v1/namespaces/shop/pods/web/log", "line\n");
    ClusterView view = cluster.as(ADA).view();
    KindInfo pods = view.kind("pods");
    Set<String> before = Set.copyOf(server.seen().stream().map(FakeApiServer.Seen::path).toList());

    ObjectNode pod = view.get(pods, Optional.of("shop"), "web");
    view.owners(pod);
    view.recentEvents(pods, Optional.of("shop"), "web");
    view.list(pods, Optional.of("shop"), "", 10);
    view.events(Optional.of("shop"), "", _ -> true);
    view.log(new LogQuery("shop", "web", "web", false, Optional.empty(), 10, 1_000), _ -> true);

    assertThat(server.seen())
        .filteredOn(seen -> !before.contains(seen.path()))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(seen -> seen.headers().containsKey(USER));
  }

  @Test
  void learnsTheKindsWithItsOwnAccountAndOnce() {
    KindInfo own = cluster.view().kind("pods");
    int asked = server.seen().size();

    KindInfo adas = cluster.as(ADA).view().kind("pods");

    assertThat(adas).isEqualTo(own);
    assertThat(server.seen()).hasSize(asked).noneMatch(seen -> seen.headers().containsKey(USER));
  }

  @Test
  void remembersNothingOfOneCallerForAnother() {
    ObjectNode pod = (ObjectNode) JsonMapper.builder().build().readTree(POD);

    for (int i = 0; i < 2; i++) {
      cluster.view().owners(pod);
      cluster.as(ADA).view().owners(pod);
      cluster.as(new Identity("kw:ada", List.of("sre"), "")).view().owners(pod);
      cluster.as(SAM).view().owners(pod);
    }

    assertThat(asked("/apis/apps/v1/namespaces/shop/replicasets/rs")).isEqualTo(4);
  }

  @Test
  void followsTheEventsOfANamespaceForEachCallerApart() {
    for (Identity caller : List.of(ADA, SAM, ADA)) {
      ClusterView view = cluster.as(caller).view();
      view.recentEvents(view.kind("pods"), Optional.of("shop"), "web");
    }

    assertThat(server.seen())
        .filteredOn(seen -> seen.path().startsWith("/api/v1/namespaces/shop/events"))
        .filteredOn(seen -> !seen.path().contains("watch="))
        .extracting(seen -> seen.headers().getOrDefault(USER, List.of()))
        .contains(List.of("kw:ada"), List.of("kw:sam"));
  }

  @Test
  void aRefusalOfKubernetesNamesWhoWasRefused() {
    server.on(
        "/api/v1/namespaces/bank/pods/web",
        403,
        "{\"kind\":\"Status\",\"message\":\"pods \\\"web\\\" is forbidden\"}");
    ClusterView view = cluster.as(ADA).view();

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("pods"), Optional.of("bank"), "web"));

    assertThat(refused.denial().code()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refused.denial().message()).contains("kw:ada");
    assertThat(refused.denial().hint()).contains("This user").doesNotContain("own account");
  }

  @Test
  void saysThatTheServerMayNotImpersonate() {
    server.on(
        "/api/v1/namespaces/shop/pods/web",
        403,
        "{\"kind\":\"Status\",\"message\":\"users \\\"kw:ada\\\" is forbidden: User \\\"kw\\\" cannot impersonate resource\"}");
    ClusterView view = cluster.as(ADA).view();

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("pods"), Optional.of("shop"), "web"));

    assertThat(refused.denial().hint()).contains("own account may not impersonate");
  }

  @Test
  void refusesWhereTheKubeconfigImpersonatesAlready() throws IOException {
    Connection other =
        FakeApiServer.connection(
            server.kubeconfig(folder, "{token: t, as: somebody}"), Optional.empty());
    ClusterView view = other.as(ADA).view();
    KindInfo pods = view.kind("pods");

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(pods, Optional.of("shop"), "web"));

    assertThat(refused.denial().code()).isEqualTo(Reason.FORBIDDEN);
    assertThat(asked("/api/v1/namespaces/shop/pods/web")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ada",
        "ada ",
        "ada\r\nImpersonate-Group: system:masters",
        "ada\nx",
        "ada\0",
        "ad\u00e4",
        "\u202eada",
        "system:admin",
        "system:serviceaccount:kube-system:default",
        "SYSTEM:masters"
      })
  void nobodyBecomesSuchAUserOrGroup(String name) {
    ClusterException user =
        catchThrowableOfType(ClusterException.class, () -> new Identity(name, List.of(), ""));
    ClusterException group =
        catchThrowableOfType(
            ClusterException.class, () -> new Identity("ada", List.of("fine", name), ""));

    assertThat(user.denial().code()).isEqualTo(Reason.FORBIDDEN);
    assertThat(group.denial().code()).isEqualTo(Reason.FORBIDDEN);
    assertThat(user.denial().message()).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void aGroupOfTheIdentityProviderIsNoWayToTheMasters() {
    Caller evil = new Caller("oidc:corp:eve", Set.of("system:masters"), Set.of());
    Impersonation as = new Impersonation("{name}", List.of("{groups}"));

    ClusterException refused =
        catchThrowableOfType(ClusterException.class, () -> Identity.of(as, evil, "rq-1"));

    assertThat(refused.denial().code()).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void boundsTheGroups() {
    List<String> many = Collections.nCopies(101, "g");

    ClusterException refused =
        catchThrowableOfType(ClusterException.class, () -> new Identity("ada", many, ""));

    assertThat(refused.denial().code()).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void encodesTheRequestsId() {
    List<Header> headers = new Identity("ada", List.of(), "a b\r\n%\u00e4").headers();

    assertThat(headers.getLast().value()).isEqualTo("a%20b%0D%0A%25%C3%A4");
  }

  private long asked(String path) {
    return server.seen().stream().filter(seen -> seen.path().equals(path)).count();
  }
}
