package io.github.kubewicket.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kubewicket.server.testing.RealCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The image and the plain manifests in the real cluster: two replicas on a real PostgreSQL, and an
/// agent outside that has a token and nothing else.
@RealCluster
class DeployIT {
  private static final String LIST_PODS =
      "\"name\":\"list_resources\",\"arguments\":{\"kind\":\"pods\",\"namespace\":\"kubewicket\"}";

  @TempDir private static Path folder;
  private static DeployedKubewicket deployed;
  private static SSLContext trust;
  private static String token;

  @BeforeAll
  static void install() throws IOException, GeneralSecurityException {
    String postgres = Objects.requireNonNullElse(System.getenv("KUBEWICKET_TEST_POSTGRES"), "");
    boolean possible = !postgres.isEmpty() && Files.exists(Shell.containerd());
    if (!possible && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(
          "This needs scripts/test-cluster and scripts/test-postgres. CI skips no test.");
    }
    assumeTrue(possible, "It needs scripts/test-cluster and scripts/test-postgres.");
    deployed = new DeployedKubewicket(folder, postgres);
    deployed.install();
    Shell.Ran rollout =
        Shell.kubectl("rollout", "status", "deployment/kubewicket", "--timeout=180s");
    assertThat(rollout.status()).as(rollout.out() + state()).isZero();
    trust = trusting(deployed.certificate());
    // The last line; the first says until when it lives.
    token =
        exec("kubewicket", "token", "new", "outside", "--expires", "1d")
            .orFail()
            .lines()
            .toList()
            .getLast();
  }

  @AfterAll
  static void remove() throws IOException {
    if (deployed != null) {
      deployed.close();
    }
  }

  @Test
  void anAgentOutsideReadsWithATokenAndWithoutOneNothing() throws Exception {
    try (Relay service = service()) {
      HttpResponse<String> listed = call(service, token, "tools/list", "", "");
      HttpResponse<String> read = call(service, token, "tools/call", LIST_PODS, "list_resources");
      HttpResponse<String> stranger = call(service, "kw_wrong", "tools/list", "", "");

      assertThat(listed.statusCode()).as(listed.body()).isEqualTo(200);
      assertThat(json(listed).at("/result/tools"))
          .extracting(tool -> tool.path("name").asString(""))
          .contains("list_resources", "get_logs")
          .doesNotContain("restart_workload");
      assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
      assertThat(json(read).at("/result/isError").asBoolean(false)).as(read.body()).isFalse();
      assertThat(read.body()).contains(DeployedKubewicket.pods().getFirst());
      assertThat(stranger.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void callsGoOnWhileAPodIsDeletedAndItsSuccessorKnowsTheToken() throws Exception {
    List<String> before = DeployedKubewicket.pods();
    int failed = 0;
    int made = 0;

    try (Relay service = service()) {
      Shell.kubectl("delete", "pod", before.getFirst(), "--wait=false").orFail();
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (System.nanoTime() < end && !replaced(before)) {
        made++;
        if (!answered(service)) {
          failed++;
          // What an agent's client does: a stopping replica says 503 until the Service knows.
          Thread.sleep(500);
        }
      }
      // One call for each replica.
      boolean one = answered(service);
      boolean other = answered(service);

      assertThat(replaced(before)).as(state()).isTrue();
      assertThat(one && other).isTrue();
      assertThat(made).isGreaterThan(3);
      assertThat(failed).as("of %d calls", made).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aTokenRevokedInOnePodIsRefusedByEveryPod() throws Exception {
    List<String> pods = DeployedKubewicket.pods();
    String gone =
        exec("kubewicket", "token", "new", "leaver", "--expires", "1d")
            .orFail()
            .lines()
            .toList()
            .getLast();
    exec("kubewicket", "token", "revoke", "leaver", "--reason", "left").orFail();
    Thread.sleep(2_500); // servers know within two seconds

    for (String address : DeployedKubewicket.ready()) {
      try (Relay one = new Relay("127.0.0.1", 0, () -> new InetSocketAddress(address, 8443))) {
        assertThat(call(one, gone, "tools/list", "", "").statusCode()).isEqualTo(401);
        assertThat(call(one, token, "tools/list", "", "").statusCode()).isEqualTo(200);
      }
    }
    assertThat(pods).hasSize(2);
  }

  @Test
  void eachPodSaysThatItIsReadyAndHowItFaresButNotToPages() throws Exception {
    for (String address : DeployedKubewicket.ready()) {
      assertThat(probe(address, "/healthz").statusCode()).isEqualTo(200);
      assertThat(probe(address, "/readyz").body()).isEqualTo("ready\n");
      assertThat(probe(address, "/metrics").body()).contains("# TYPE ");
      assertThat(probe(address, "/readyz", "Origin", "https://evil.example").statusCode())
          .isEqualTo(403);
    }
    assertThat(DeployedKubewicket.ready()).hasSize(2);
  }

  @Test
  void thePodIsNobodyWritesNowhereAndHasNoShell() {
    Shell.Ran shell = exec("/bin/sh", "-c", "true");
    Shell.Ran write =
        exec(
            "/opt/java/bin/java",
            "-XX:AOTCacheOutput=/opt/kubewicket/written",
            "-jar",
            "/opt/kubewicket/kubewicket",
            "--version");
    String processes =
        Shell.kubectl("get", "pod", DeployedKubewicket.pods().getFirst(), "-o", "json").orFail();

    assertThat(shell.status()).isNotZero();
    assertThat(write.out()).containsIgnoringCase("read-only file system");
    assertThat(processes).contains("\"runAsUser\": 65532");
  }

  @Test
  void kubernetesForbidsWhatThePolicyDoesNotNeed() {
    assertThat(may("list", "pods")).isTrue();
    assertThat(may("get", "pods/log")).isTrue();
    for (String verb : List.of("get", "list", "create")) {
      assertThat(may(verb, "secrets")).as(verb).isFalse();
    }
    for (String verb : List.of("create", "patch", "update", "delete")) {
      assertThat(may(verb, "deployments.apps")).as(verb).isFalse();
      assertThat(may(verb, "pods")).as(verb).isFalse();
    }
    assertThat(may("create", "pods/exec")).isFalse();
    assertThat(may("impersonate", "users")).isFalse();
  }

  private static HttpResponse<String> probe(String address, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":8081" + path))
            .timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static boolean may(String verb, String resource) {
    return Shell.kubectl(
                "auth",
                "can-i",
                verb,
                resource,
                "--all-namespaces",
                "--as=system:serviceaccount:kubewicket:kubewicket")
            .status()
        == 0;
  }

  private static boolean replaced(List<String> before) {
    return DeployedKubewicket.ready().size() == 2
        && !DeployedKubewicket.pods().contains(before.getFirst());
  }

  private static boolean answered(Relay service) throws InterruptedException {
    try {
      return call(service, token, "tools/call", LIST_PODS, "list_resources").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// What the Service would be if this cluster had a network for Services.
  private static Relay service() {
    AtomicInteger turn = new AtomicInteger();
    return new Relay(
        "127.0.0.1",
        0,
        () -> {
          List<String> ready = DeployedKubewicket.ready();
          if (ready.isEmpty()) {
            throw new IllegalStateException("no pod is ready");
          }
          return new InetSocketAddress(
              ready.get(Math.floorMod(turn.getAndIncrement(), ready.size())), 8443);
        });
  }

  /// One call of 2026-07-28, over a connection of its own.
  private static HttpResponse<String> call(
      Relay through, String bearer, String method, String params, String name)
      throws IOException, InterruptedException {
    String meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{%s%s}}"
            .formatted(method, params.isEmpty() ? "" : params + ",", meta);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + through.port() + "/mcp"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Authorization", "Bearer " + bearer)
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!name.isEmpty()) {
      request.header("Mcp-Name", name);
    }
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /// The JSON of an answer, which may come as one event.
  private static JsonNode json(HttpResponse<String> response) {
    String body = response.body();
    return Manifest.json(
        body.lines()
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring(5))
            .reduce((_, last) -> last)
            .orElse(body));
  }

  private static Shell.Ran exec(String... command) {
    String[] all = new String[command.length + 3];
    all[0] = "exec";
    all[1] = DeployedKubewicket.pods().getFirst();
    all[2] = "--";
    System.arraycopy(command, 0, all, 3, command.length);
    return Shell.kubectl(all);
  }

  /// For the message of a failure.
  private static String state() {
    return Shell.kubectl("describe", "pods").out()
        + Shell.kubectl("logs", "-l", "app.kubernetes.io/name=kubewicket", "--tail=40").out();
  }

  private static SSLContext trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "it", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }
}
