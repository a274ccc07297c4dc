package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com:6443, '', true",
    "https://api.example.com:6443, example.com, false",
    "https://api.example.com:6443, .example.com, false",
    "https://apiexample.com, example.com, true",
    "https://10.1.2.3:6443, 10.0.0.0/8, false",
    "https://11.1.2.3:6443, 10.0.0.0/8, true",
    "https://10.1.2.3:6443, '*', false",
    "https://127.0.0.1:6443, '', false",
    "http://api.example.com, '', false",
  })
  void goesThroughTheProxyThatTheEnvironmentNames(URI server, String except, boolean through) {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", except);

    assertThat(Proxies.of(server, environment).map(URI::toString))
        .isEqualTo(through ? Optional.of("http://proxy:3128") : Optional.empty());
  }
}
