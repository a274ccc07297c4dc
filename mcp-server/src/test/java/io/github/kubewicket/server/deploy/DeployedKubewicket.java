package io.github.kubewicket.server.deploy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The plain manifests in the test cluster, with as little changed as that cluster asks for: the
/// image is on the node, there is no Service network, and API server and PostgreSQL listen on
/// loopback, so they are handed on at the node's address.
final class DeployedKubewicket implements AutoCloseable {
  private final Path folder;
  private final String postgres;
  private final String schema;
  private final List<Relay> relays = new ArrayList<>();

  /// @param folder for keys and certificates
  /// @param postgres JDBC URL with user and password
  DeployedKubewicket(Path folder, String postgres) {
    this.folder = folder;
    this.postgres = postgres;
    byte[] unique = new byte[4];
    new Random().nextBytes(unique);
    this.schema = "deploy_" + HexFormat.of().formatHex(unique);
  }

  void install() throws IOException {
    load();
    sql("CREATE SCHEMA " + schema);
    String node = nodeAddress();
    URI server =
        URI.create(
            Shell.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}")
                .orFail()
                .strip());
    URI database = URI.create(postgres.substring("jdbc:".length()));
    for (URI there : List.of(server, database)) {
      relays.add(
          new Relay(
              node,
              there.getPort(),
              () -> new InetSocketAddress(there.getHost(), there.getPort())));
    }
    uninstall();
    Manifest manifest = Manifest.plain();
    adapt(manifest, node, server.getPort(), database);
    Path file = Files.writeString(folder.resolve("manifests.json"), manifest.list());
    Path namespace =
        Files.writeString(folder.resolve("namespace.json"), manifest.one("Namespace").toString());
    Shell.kubectl("apply", "-f", namespace.toString()).orFail();
    secrets(database);
    Shell.kubectl("apply", "-f", file.toString()).orFail();
  }

  private static void load() {
    Shell.run("../scripts/image", "--built").orFail();
    Shell.run(
            "ctr",
            "--address",
            Shell.containerd().toString(),
            "--namespace",
            "k8s.io",
            "images",
            "import",
            "../target/kubewicket-image.tar")
        .orFail();
  }

  private static String nodeAddress() {
    return Shell.kubectl(
            "get",
            "nodes",
            "-o",
            "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}")
        .orFail()
        .strip();
  }

  private void adapt(Manifest manifest, String node, int apiPort, URI database) {
    ObjectNode container = manifest.container();
    container.put("imagePullPolicy", "Never");
    ArrayNode env = (ArrayNode) container.path("env");
    for (JsonNode variable : env) {
      if (variable.path("name").asString("").equals("KUBEWICKET_STATE")) {
        ((ObjectNode) variable)
            .put(
                "value",
                "jdbc:postgresql://%s:%d%s?user=%s&currentSchema=%s"
                    .formatted(
                        node,
                        database.getPort(),
                        database.getPath(),
                        parameter(database, "user"),
                        schema));
      }
    }
    env.addObject().put("name", "KUBERNETES_SERVICE_HOST").put("value", node);
    env.addObject().put("name", "KUBERNETES_SERVICE_PORT").put("value", String.valueOf(apiPort));
    // Kubernetes 1.20 has no policy/v1 for disruption budgets; 1.21 and newer have.
    if (Shell.kubectl("get", "--raw", "/apis/policy/v1").status() != 0) {
      manifest.objects().remove(manifest.one("PodDisruptionBudget"));
    }
  }

  private void secrets(URI database) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), parameter(database, "password"));
    Path key = folder.resolve("key.pem");
    Shell.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString()).orFail();
    Shell.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=kubewicket",
            "-addext",
            "subjectAltName=DNS:localhost,DNS:kubewicket.kubewicket.svc",
            "-keyout",
            folder.resolve("tls.key").toString(),
            "-out",
            certificate().toString())
        .orFail();
    secret("kubewicket-postgres", "--from-file=password=" + password);
    secret("kubewicket-checkpoint", "--from-file=key.pem=" + key);
    Shell.kubectl(
            "create",
            "secret",
            "tls",
            "kubewicket-tls",
            "--cert=" + certificate(),
            "--key=" + folder.resolve("tls.key"))
        .orFail();
  }

  private static void secret(String name, String from) {
    Shell.kubectl("create", "secret", "generic", name, from).orFail();
  }

  private static String parameter(URI url, String name) {
    for (String parameter : url.getQuery().split("&")) {
      if (parameter.startsWith(name + "=")) {
        return parameter.substring(name.length() + 1);
      }
    }
    throw new IllegalStateException("the PostgreSQL's URL has no " + name);
  }

  Path certificate() {
    return folder.resolve("tls.crt");
  }

  /// Names of the pods that are not being deleted.
  static List<String> pods() {
    return Shell.kubectl(
            "get",
            "pods",
            "-l",
            "app.kubernetes.io/name=kubewicket",
            "-o",
            "jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp}{\"\\n\"}{end}")
        .orFail()
        .lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty() && line.indexOf(' ') < 0)
        .toList();
  }

  /// Addresses of the pods that the Service would send to now.
  static List<String> ready() {
    return Shell.kubectl(
            "get", "endpoints", "kubewicket", "-o", "jsonpath={.subsets[*].addresses[*].ip}")
        .out()
        .lines()
        .flatMap(line -> List.of(line.strip().split(" ")).stream())
        .filter(address -> !address.isEmpty() && Character.isDigit(address.charAt(0)))
        .toList();
  }

  private void sql(String statement) {
    try (Connection connection = DriverManager.getConnection(postgres);
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void uninstall() {
    Shell.kubectl("delete", "pods", "--all", "--force", "--grace-period=0");
    Shell.kubectl("delete", "namespace", "kubewicket", "--ignore-not-found", "--timeout=90s")
        .orFail();
    Shell.kubectl(
            "delete", "clusterroles,clusterrolebindings", "-l", "kubewicket.dev/rbac=kubewicket")
        .orFail();
  }

  @Override
  public void close() throws IOException {
    Shell.kubectl("delete", "deployment", "kubewicket", "--ignore-not-found", "--wait=false");
    uninstall();
    for (Relay relay : relays) {
      relay.close();
    }
    sql("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }
}
