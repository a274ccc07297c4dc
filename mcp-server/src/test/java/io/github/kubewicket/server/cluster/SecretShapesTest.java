package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapesTest {
  private static final String S = "Zx9Qw7Lm3Np5Rt1V";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD=" + S,
        "password: " + S,
        "\"password\": \"" + S + "\"",
        "{\\\"apiKey\\\":\\\"" + S + "\\\"}",
        "Password=" + S + ";Server=db",
        "client_secret='" + S + " with spaces'",
        "?access_token=" + S + "&x=1",
        "--token " + S,
        "run --db-password=" + S,
        "Authorization: Bearer " + S + S,
        "authorization: Basic dXNlcjp" + S,
        "curl -H 'Authorization: " + S + "'",
        "GET / bearer " + S + "abc.def-ghi",
        "postgres://app:" + S + "@db:5432/shop",
        "redis://:" + S + "@cache",
        "amqp://user:pa@ss" + S + "@mq/",
        "mysql://u:pa/" + S + "?@db/x",
        "https://" + S + S + "@git.example.com/x",
        "jdbc:mysql://db/x?user=a&password=" + S,
        "key eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + S,
        "AKIAIOSFODNN7EXAMPLE " + "aws_secret_access_key = " + S,
        "ghp_" + S + S + "abcd",
        "github_pat_" + S + S,
        "glpat-" + S + "12345",
        "xoxb-1234567890-" + S,
        "https://hooks.slack.com/services/T000/B000/" + S,
        "AIzaSyA" + S + S,
        "sk_live_" + S + "12",
        "sk-proj-" + S + S,
        "npm_" + S + S + "abcd",
        "hvs." + S + S,
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE" + S + "\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\\nMIIE" + S + " never ends",
        "client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ" + S,
        "x LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t" + S,
        "ALTER USER app IDENTIFIED BY '" + S + "'",
        "pass\u001b[0mword=" + S,
        "pass\u200bword=" + S,
        "PGPASSWORD=" + S + " psql",
      })
  void masksASecretWhereverItStands(String text) {
    String shown = Redaction.text(text);

    assertThat(shown).doesNotContain(S).contains("***");
  }

  @Test
  void masksAnAwsKeyId() {
    assertThat(Redaction.text("id AKIAIOSFODNN7EXAMPLE end")).isEqualTo("id *** end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Successfully assigned shop/web-54bf9c5546-gcxw9 to node-a",
        "Started container payments",
        "MountVolume.SetUp failed for volume \"x\" : secret \"db-login\" not found",
        "couldn't find key password in Secret shop/db-login",
        "registry.example.com/team/app@sha256:0123456789abcdef0123456789abcdef",
        "http://10.0.0.1:8080/health?x=1",
        "default-token-w687g is mounted",
        "basic authentication is required",
        "sha512:0f2c1ab344dd",
        "3 tests pass: yes",
      })
  void leavesOrdinaryTextAlone(String text) {
    assertThat(Redaction.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD,true",
    "apiKey,true",
    "AWS_SECRET_ACCESS_KEY,true",
    "client-secret,true",
    "MYSQL_PWD,true",
    "tokenPath,false",
    "secretName,false",
    "PASSWORD_FILE,false",
    "replicas,false",
    "passwordPolicy,false",
  })
  void knowsASecretByItsName(String name, boolean secret) {
    assertThat(SecretNames.secret(name)).isEqualTo(secret);
  }

  @Test
  void staysLinearOnTextMadeToBeSlow() {
    String nasty = "password".repeat(20_000) + "://".repeat(20_000) + "a:".repeat(20_000);

    long start = System.nanoTime();
    String shown = Redaction.text(nasty);

    assertThat(shown).isNotNull();
    assertThat((System.nanoTime() - start) / 1_000_000_000.0).isLessThan(10);
  }
}
