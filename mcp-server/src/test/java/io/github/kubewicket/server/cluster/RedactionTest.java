package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RedactionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String VALUE = "correct horse battery";
  private static final String BASE64 =
      Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Itself, in lists of three kinds, and without a word about what it is.
        "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'data':{'k':'B64'}}",
        "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'k':'PLAIN'}}",
        "{'apiVersion':'v1','kind':' sEcReT','metadata':{},'data':{'k':'B64'}}",
        "{'kind':'SecretList','items':[{'metadata':{'name':'s'},'data':{'k':'B64'},'type':'Opaque'}]}",
        "{'kind':'SecretList','items':[{'data':{'k':'B64'}}]}",
        "{'kind':'List','items':[{'kind':'Secret','data':{'k':'B64'}}]}",
        "{'kind':'Whatever','metadata':{},'type':'Opaque','data':{'k':'B64'}}",
        // Inside others.
        "{'kind':'Template','objects':[{'a':[{'kind':'Secret','metadata':{},'stringData':{'k':'PLAIN'}}]}]}",
        "{'kind':'Widget','spec':{'manifest':{'apiVersion':'v1','kind':'Secret','data':{'k':'B64'}}}}",
        "{'kind':'Widget','spec':{'template':{'metadata':{},'type':'Opaque','data':{'k':'B64'}}}}",
        "{'kind':'ConfigMap','data':{'x.yaml':'apiVersion: v1\\nkind: Secret\\ndata:\\n  k: B64'}}",
        "{'kind':'ConfigMap','data':{'x.json':'{\\\"kind\\\":\\\"Secret\\\",\\\"data\\\":{\\\"k\\\":\\\"B64\\\"}}'}}",
        // The copies that kubectl and controllers leave behind.
        "{'kind':'Secret','metadata':{'annotations':{'a':'PLAIN'}},'data':{}}",
        "{'kind':'Secret','metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'PLAIN'}}}",
        "{'kind':'Pod','metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'PLAIN'}}}",
        "{'kind':'Secret','metadata':{},'data':{},'old':'PLAIN'}",
        "{'kind':'Secret','metadata':{},'data':{},'spec':{'x':'PLAIN'}}",
        // In plain sight.
        "{'kind':'Pod','spec':{'containers':[{'env':[{'name':'DB_PASSWORD','value':'PLAIN'}]}]}}",
        "{'kind':'Pod','spec':{'containers':[{'args':['--password','PLAIN']}]}}",
        "{'kind':'ConfigMap','data':{'db.password':'PLAIN'}}",
        "{'kind':'Widget','spec':{'apiKey':'PLAIN'}}",
        "{'kind':'ConfigMap','metadata':{},'binaryData':{'k':'B64'}}",
      })
  void letsNoValueOfASecretOut(String json) {
    ObjectNode object = parse(json);

    String shown = Redaction.object(object, false).toString();

    assertThat(shown).doesNotContain(VALUE).doesNotContain(BASE64);
  }

  @Test
  void tellsKeyNamesSizesAndTypeOfASecret() {
    ObjectNode secret =
        parse(
            "{'kind':'Secret','metadata':{'name':'s'},'type':'Opaque','data':{'k':'B64','e':''}}");

    Redaction.object(secret, true);

    assertThat(secret.path("data").toString())
        .isEqualTo("{\"k\":{\"bytes\":" + VALUE.length() + "},\"e\":{\"bytes\":0}}");
    assertThat(secret.path("type").asString()).isEqualTo("Opaque");
    assertThat(secret.path("metadata").path("name").asString()).isEqualTo("s");
  }

  @Test
  void redactsWhatCameFromTheAddressOfSecretsWhateverItCallsItself() {
    ObjectNode list = parse("{'items':[{'data':{'k':'B64'}}]}");
    ObjectNode one = parse("{'kind':'ConfigMap','data':{'k':'B64'}}");

    Redaction.object(list, true);
    Redaction.object(one, true);

    assertThat(list.toString() + one).doesNotContain(BASE64).contains("bytes");
  }

  @Test
  void dropsManagedFieldsAtEveryDepth() {
    ObjectNode object =
        parse(
            "{'kind':'A','metadata':{'managedFields':[1]},'spec':{'t':[{'metadata':{'managedFields':[2],'n':'x'}}]}}");

    Redaction.object(object, false);

    assertThat(object.toString()).doesNotContain("managedFields").contains("\"n\":\"x\"");
  }

  @Test
  void leavesReferencesToSecretsReadable() {
    String json =
        "{\"kind\":\"Pod\",\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":\"db-login\"}}],"
            + "\"env\":[{\"name\":\"PASSWORD\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"db-login\","
            + "\"key\":\"password\"}}}],\"ref\":{\"kind\":\"Secret\",\"name\":\"db-login\"}}}";
    ObjectNode pod = (ObjectNode) JSON.readTree(json);

    Redaction.object(pod, false);

    assertThat(pod.toString()).isEqualTo(json);
  }

  @Test
  void cleansTextsAndKeysThatHideSomething() {
    ObjectNode object = parse("{'metadata':{'annotations':{'a\\u202eb':'x\\u001b[2Jy'}}}");

    Redaction.object(object, false);

    assertThat(object.toString()).isEqualTo("{\"metadata\":{\"annotations\":{\"ab\":\"xy\"}}}");
  }

  private static ObjectNode parse(String json) {
    return (ObjectNode)
        JSON.readTree(json.replace('\'', '"').replace("B64", BASE64).replace("PLAIN", VALUE));
  }
}
