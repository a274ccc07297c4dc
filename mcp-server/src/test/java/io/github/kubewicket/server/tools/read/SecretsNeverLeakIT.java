package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.cluster.Seed;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Asks for a Secret in every way that a read tool has, in a namespace where it has also got into a
/// manifest, the environment, the arguments, a log, an event and a label of an object.
@RealCluster
class SecretsNeverLeakIT {
  private static final String VALUE = "xK7pQ2wN9vR4tL8mZ3bC";
  private static final String BASE64 =
      Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
  private static final String PLACE = "leak-" + Long.toHexString(System.nanoTime());
  private static final Map<String, ReadTool<?>> TOOLS =
      Map.of(
          "list_resources", new ListResources(),
          "get_resource", new GetResource(InstantSource.system()),
          "get_logs", new GetLogs(InstantSource.system()),
          "list_events", new ListEvents(InstantSource.system()),
          "describe_kind", new DescribeKind());
  private static Connection connection;
  private static ClusterView view;

  @BeforeAll
  static void seed() throws InterruptedException {
    connection = TestCluster.connect();
    view = connection.view();
    String in = "/api/v1/namespaces/" + PLACE;
    create("/api/v1/namespaces", "{'metadata':{'name':'PLACE'}}");
    create(
        in + "/secrets",
        """
        {'metadata':{'name':'s','annotations':{'note':'VALUE',
          'kubectl.kubernetes.io/last-applied-configuration':'{"stringData":{"k":"VALUE"}}'}},
         'type':'Opaque','data':{'password':'BASE64','other':'BASE64'}}
        """);
    create(
        in + "/configmaps",
        """
        {'metadata':{'name':'c','annotations':{
          'kubectl.kubernetes.io/last-applied-configuration':'{"data":{"db-password":"VALUE"}}'}},
         'data':{'db-password':'VALUE','url':'postgres://app:VALUE@db/shop',
          'manifest':'kind: Secret\\ndata:\\n  k: BASE64','note':'password=VALUE'}}
        """);
    create(
        in + "/pods",
        """
        {'metadata':{'name':'p'},'spec':{'terminationGracePeriodSeconds':0,'restartPolicy':'Never','containers':[
          {'name':'app','image':'kubewicket.test/busybox:1','imagePullPolicy':'Never',
           'command':['sh','-c','echo password=$DB_PASSWORD; echo Authorization: Bearer $DB_PASSWORD; echo postgres://a:$DB_PASSWORD@db; echo done; sleep 3600'],
           'args':['--token','VALUE','--api-key=VALUE'],
           'env':[{'name':'DB_PASSWORD','value':'VALUE'},{'name':'DSN','value':'redis://:VALUE@cache'}]}]}}
        """);
    create(
        in + "/events",
        """
        {'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','name':'p','namespace':'PLACE'},
         'type':'Warning','reason':'Failed','message':'cannot log in with password VALUE: token=VALUE',
         'lastTimestamp':'TIME'}
        """
            .replace("password VALUE: ", ""));
    awaitLog();
  }

  @AfterAll
  static void remove() {
    Seed.delete(connection, "/api/v1/namespaces/" + PLACE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          list_resources | {'kind':'secrets','namespace':'PLACE','columns':['wide']}
          list_resources | {'kind':'Secret'}
          list_resources | {'kind':'configmaps','namespace':'PLACE','columns':['wide']}
          list_resources | {'kind':'pods','namespace':'PLACE','columns':['wide']}
          list_resources | {'kind':'events','namespace':'PLACE','columns':['wide']}
          list_resources | {'kind':'ev.events.k8s.io','namespace':'PLACE'}
          list_resources | {'kind':'secrets','fieldSelector':'type=Opaque'}
          list_resources | {'kind':'secrets','fieldSelector':'data.password=VALUE'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE'}
          get_resource   | {'kind':'secrets.v1.','name':'s','namespace':'PLACE'}
          get_resource   | {'kind':'SECRETS','name':'s','namespace':'PLACE','path':'data'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE','path':'data.password'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE','path':'data.password.bytes'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE','path':'metadata.annotations'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE','path':'metadata.managedFields'}
          get_resource   | {'kind':'secret','name':'s','namespace':'PLACE','path':'nothing.here'}
          get_resource   | {'kind':'secret','name':'absent','namespace':'PLACE'}
          get_resource   | {'kind':'secret','name':'../secrets/s','namespace':'PLACE'}
          get_resource   | {'kind':'secret','name':'s?watch=true','namespace':'PLACE'}
          get_resource   | {'kind':'cm','name':'c','namespace':'PLACE'}
          get_resource   | {'kind':'cm','name':'c','namespace':'PLACE','path':'data.manifest'}
          get_resource   | {'kind':'cm','name':'c','namespace':'PLACE','path':'data.url'}
          get_resource   | {'kind':'pod','name':'p','namespace':'PLACE'}
          get_resource   | {'kind':'pod','name':'p','namespace':'PLACE','path':'spec.containers[0].env'}
          get_resource   | {'kind':'pod','name':'p','namespace':'PLACE','path':'spec.containers[0].args'}
          get_logs       | {'target':'pod/p','namespace':'PLACE'}
          get_logs       | {'target':'pod/p','namespace':'PLACE','grep':'xK7'}
          get_logs       | {'target':'secret/s','namespace':'PLACE'}
          list_events    | {'namespace':'PLACE'}
          list_events    | {'namespace':'PLACE','kind':'secret','name':'s'}
          describe_kind  | {'kind':'secret'}
          describe_kind  | {'kind':'secret','path':'data'}
          """)
  void letsNoSecretOut(String tool, String arguments) {
    String call = arguments.replace("PLACE", PLACE).replace("VALUE", "abc");

    String shown = answer(TOOLS.get(tool), call);

    assertThat(shown)
        .isNotBlank()
        .doesNotContain(VALUE)
        .doesNotContain(BASE64)
        .doesNotContain(BASE64.substring(4, 20));
  }

  @Test
  void tellsWhatIsThereInstead() {
    String secret =
        answer(
            TOOLS.get("get_resource"), "{'kind':'secret','name':'s','namespace':'" + PLACE + "'}");
    String log = answer(TOOLS.get("get_logs"), "{'target':'p','namespace':'" + PLACE + "'}");

    assertThat(secret).contains("\"password\":{\"bytes\":20}").contains("never shown");
    assertThat(log).contains("password=***").contains("done");
  }

  private static String answer(ReadTool<?> tool, String call) {
    try {
      Reply reply = Called.read(tool, view, call);
      return reply.text() + reply.structured();
    } catch (ClusterException e) {
      return e.denial().toString();
    }
  }

  private static void create(String path, String json) {
    Seed.create(
        connection,
        path,
        json.replace("\"", "\\\"")
            .replace('\'', '"')
            .replace("PLACE", PLACE)
            .replace("VALUE", VALUE)
            .replace("BASE64", BASE64)
            .replace("TIME", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  private static void awaitLog() throws InterruptedException {
    List<String> arguments = List.of("{'target':'p','namespace':'" + PLACE + "'}");
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end)) {
      if (answer(TOOLS.get("get_logs"), arguments.getFirst()).contains("done")) {
        return;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("the pod wrote no log within a minute");
  }
}
