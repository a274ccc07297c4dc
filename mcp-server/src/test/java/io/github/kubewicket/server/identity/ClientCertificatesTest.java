package io.github.kubewicket.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.CertificateSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Client certificates, made with keytool, valid for the year 2026.
class ClientCertificatesTest {
  /// CN=ci-main,O=shop; URI spiffe://shop/ci; DNS ci.example.
  private static final String USUAL =
      """
      -----BEGIN CERTIFICATE-----
      MIIBgTCCASigAwIBAgIIdbPvsCTTrDowCgYIKoZIzj0EAwMwITENMAsGA1UEChME
      c2hvcDEQMA4GA1UEAxMHY2ktbWFpbjAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEw
      MDAwMDBaMCExDTALBgNVBAoTBHNob3AxEDAOBgNVBAMTB2NpLW1haW4wWTATBgcq
      hkjOPQIBBggqhkjOPQMBBwNCAASEt4EumeTYW3V/29u+lu2BbQtbZTLiSZqObMWJ
      aoI4LsYfT1hlv5y+A2ErUNyRz+B5L3cMWCDqFqDfC1h0nVBfo0owSDAdBgNVHQ4E
      FgQUW+jdeTcPqnVzVPXAAalvDYu2CSgwJwYDVR0RBCAwHoYQc3BpZmZlOi8vc2hv
      cC9jaYIKY2kuZXhhbXBsZTAKBggqhkjOPQQDAwNHADBEAiBV8zdnQHw7D7R0gqfs
      71IovCne7olRgPxU3Bye46hU/wIgcU88vxq3ixQmj95JIqVZrdy01aLE6RP5Po5P
      kWB1XG0=
      -----END CERTIFICATE-----
      """;

  private static final String TWO_NAMES =
      """
      -----BEGIN CERTIFICATE-----
      MIIBWjCCAQCgAwIBAgIJAP12biXr9pcQMAoGCCqGSM49BAMDMCExDTALBgNVBAMT
      BHJvb3QxEDAOBgNVBAMTB2NpLW1haW4wHhcNMjYwMTAxMDAwMDAwWhcNMjcwMTAx
      MDAwMDAwWjAhMQ0wCwYDVQQDEwRyb290MRAwDgYDVQQDEwdjaS1tYWluMFkwEwYH
      KoZIzj0CAQYIKoZIzj0DAQcDQgAEzDy7eTw1YVfqkOuidiSfhlkuuURoA3dLFu3n
      9kKVhZSqsMS5uzfyv7Jf3iIKXXvPyRMxk/AamLearByzffW1WqMhMB8wHQYDVR0O
      BBYEFAfD4+lz/mxF+HlrcoWFBu5hTXJcMAoGCCqGSM49BAMDA0gAMEUCIEwroWQt
      s52hu+UhhVQIs8X9gA1Y/QOiApFZsUiaHybGAiEA/lx4RYBwrslkuzNzO65NC6Fj
      uSoRpcavtcuPMqaPV8c=
      -----END CERTIFICATE-----
      """;

  private static final String BLANK =
      """
      -----BEGIN CERTIFICATE-----
      MIIBOjCB4qADAgECAgkAqkD0w0q/LoIwCgYIKoZIzj0EAwMwEjEQMA4GA1UEAxMH
      Y2kgbWFpbjAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAwMDBaMBIxEDAOBgNV
      BAMTB2NpIG1haW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARSNyYoUD/V8wq5
      /uQ6iXljuD9NCYkjTd41WT3fxIuyIdaGL4jlU/zqYGdpV5t1tt/fnN5VolPeKQtJ
      EQttbrw5oyEwHzAdBgNVHQ4EFgQUD2wwVi8ryFwhrH9l+SaYzAHUzVwwCgYIKoZI
      zj0EAwMDRwAwRAIgTDy45TFThbLzpeMVI3A1GVONN+/dKQVzU8Wc/9LSkvgCIECH
      P9PBa8INoi6RfAk0ygjOUhxJd4BYOYb5b7EIyfji
      -----END CERTIFICATE-----
      """;

  private final ManualTime time = new ManualTime();
  private final ClientCertificates certificates = new ClientCertificates(time);

  @Test
  void callsTheHolderAfterItsCommonName() {
    Authentication answer = check(USUAL, CertificateSettings.Name.CN, "other-*");

    assertThat(answer)
        .isEqualTo(
            new Authentication.Known(new Caller("cert:ci-main", Set.of(), Set.of(Caller.READ))));
  }

  @Test
  void callsTheHolderAfterAnAlternativeNameWhereTheFileSaysSo() {
    assertThat(known(check(USUAL, CertificateSettings.Name.URI, "")).name())
        .isEqualTo("cert:spiffe://shop/ci");
    assertThat(known(check(USUAL, CertificateSettings.Name.DNS, "")).name())
        .isEqualTo("cert:ci.example");
    assertThat(check(TWO_NAMES, CertificateSettings.Name.DNS, ""))
        .isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void letsThoseWriteThatTheFileNames() {
    Caller caller = known(check(USUAL, CertificateSettings.Name.CN, "ci-*"));

    assertThat(caller.mayWrite()).isTrue();
  }

  @Test
  void refusesTwoCommonNamesAndOneThatDoesNotFit() {
    assertThat(check(TWO_NAMES, CertificateSettings.Name.CN, ""))
        .isInstanceOf(Authentication.Refused.class);
    assertThat(check(BLANK, CertificateSettings.Name.CN, ""))
        .isInstanceOf(Authentication.Refused.class);
  }

  @Test
  void refusesACertificateThatHasExpiredSinceItsConnectionBegan() {
    time.pass(Duration.ofDays(365));

    assertThat(check(USUAL, CertificateSettings.Name.CN, ""))
        .isInstanceOf(Authentication.Refused.class);
  }

  private Authentication check(String pem, CertificateSettings.Name name, String write) {
    return certificates.check(
        List.of(certificate(pem)), new CertificateSettings(name, List.of(write)));
  }

  private static Caller known(Authentication answer) {
    return ((Authentication.Known) answer).caller();
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
