package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PolicyCommandTest {
  private static final String GOOD =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: web, tools: [restart_workload], namespaces: [shop], tier: auto}
      """;
  private static final String SHADOWED =
      GOOD + "  - {name: again, tools: [restart_workload], namespaces: [shop], tier: auto}\n";
  private static final String BAD =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: web, tools: [restart_workload], namespaces: [shop], teir: auto}
      colour: blue
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("tools.yaml");
  }

  private record Ran(int status, String out) {}

  @Test
  void saysEveryProblemWithItsPlace() throws IOException {
    Files.writeString(file, BAD);

    Ran ran = run("policy", "check", file.toString());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .anyMatch(line -> line.startsWith(file + ":3:") && line.contains("did you mean"))
        .anyMatch(line -> line.startsWith(file + ":4:1: error: "))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void eachOfSeveralClustersHasRolesOfItsOwn() throws IOException {
    Files.writeString(
        file,
        """
        apiVersion: kubewicket.dev/v1
        clusters: [{name: prod}, {name: test}]
        rules:
          - {name: some, tools: [restart_workload], namespaces: [shop], tier: approve, clusters: [prod]}
          - {name: all, tools: [restart_workload], namespaces: [web], tier: approve}
        """);
    String config = file.toString();

    Ran prod = run("--config", config, "policy", "rbac", "--cluster", "prod");
    Ran test = run("--config", config, "policy", "rbac", "--cluster", "test");
    Ran unsaid = run("--config", config, "policy", "rbac");
    Ran unknown = run("--config", config, "policy", "rbac", "--cluster", "prd");

    assertThat(prod.out()).contains("namespace: shop", "namespace: web");
    assertThat(test.out()).contains("namespace: web").doesNotContain("namespace: shop");
    assertThat(unsaid).isEqualTo(new Ran(2, ""));
    assertThat(unknown).isEqualTo(new Ran(2, ""));
  }

  @Test
  void aFileThatLoadsIsFineAndAWarningIsOneOnlyWhenStrict() throws IOException {
    Files.writeString(file, GOOD);
    Path warned = Files.writeString(folder.resolve("warned.yaml"), SHADOWED);

    Ran good = run("policy", "check", "--strict", file.toString());
    Ran lenient = run("policy", "check", warned.toString());
    Ran strict = run("policy", "check", "--strict", warned.toString());

    assertThat(good).isEqualTo(new Ran(0, file + ": nothing is wrong with it.\n"));
    assertThat(lenient.status()).isZero();
    assertThat(lenient.out()).contains(warned + ":4:", ": warning: ");
    assertThat(strict).isEqualTo(new Ran(1, lenient.out()));
  }

  @Test
  void tellsMachinesTheSame() throws IOException {
    Files.writeString(file, BAD);

    Ran ran = run("policy", "check", "--json", file.toString());
    JsonNode answer = JsonMapper.builder().build().readTree(ran.out());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(answer.path("valid").asBoolean(true)).isFalse();
    assertThat(answer.path("problems").path(0).path("line").asInt(0)).isEqualTo(3);
    assertThat(answer.path("problems").path(0).path("message").asString(""))
        .contains("did you mean");
  }

  @Test
  void aMissingFileIsAProblem() {
    Ran ran = run("policy", "check", file.toString());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).startsWith(file + ":1:1: error: ");
  }

  @Test
  void printsTheRolesOfTheFileInForce() throws IOException {
    Files.writeString(file, GOOD);

    Ran ran = run("--config", file.toString(), "policy", "rbac", "--namespace", "ops");

    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .contains("kind: ServiceAccount\nmetadata:\n  name: kubewicket\n  namespace: ops\n")
        .contains("resources: [daemonsets, deployments, statefulsets]\n    verbs: [get, patch]");
  }

  @Test
  void printsTheRolesThatCallersNeed() throws IOException {
    Files.writeString(
        file,
        GOOD
            + """
            http: {serviceAccounts: {audience: "https://kubewicket.example/mcp"}, publicUrl: "https://kubewicket.example/mcp"}
            clusters: [{name: prod}, {name: test}]
            callers:
              - {match: ["token:ci"], clusters: [test], impersonate: {user: agents, groups: [team]}}
              - {match: ["*"]}
            """);
    String config = file.toString();

    Ran prod = run("--config", config, "policy", "rbac", "--cluster", "prod");
    Ran test = run("--config", config, "policy", "rbac", "--cluster", "test");

    assertThat(prod.out())
        .contains("resources: [tokenreviews]\n    verbs: [create]", "name: kubewicket-tokens")
        .doesNotContain("verbs: [impersonate]");
    assertThat(test.out())
        .contains("resourceNames: [\"agents\"]\n    verbs: [impersonate]", "[\"team\"]")
        .doesNotContain("tokenreviews");
    YAMLMapper yaml = new YAMLMapper();
    assertThat((prod.out() + test.out()).split("(?m)^---$"))
        .allSatisfy(document -> assertThat(yaml.readTree(document)).isNotNull());
  }

  @Test
  void printsNoRolesForAFileThatDoesNotLoadOrNamesThatAreNone() throws IOException {
    Files.writeString(file, BAD);

    Ran bad = run("--config", file.toString(), "policy", "rbac");
    Ran injected = run("policy", "rbac", "--name", "x\n---");

    assertThat(bad).isEqualTo(new Ran(1, ""));
    assertThat(injected).isEqualTo(new Ran(2, ""));
  }

  private static Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = Kubewicket.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Ran(status, out.toString(StandardCharsets.UTF_8));
  }
}
