package io.github.kubewicket.server.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.util.Map;

/// The chart, rendered by Helm's own code.
final class Chart {
  static final String HEAD =
      """
      # Made from deploy/helm/kubewicket; a test compares the two. The namespace is in 00-namespace.yaml.
      """;

  private Chart() {}

  static String render(Map<String, String> values) {
    TemplateCommand command =
        new Helm(Manifest.CHART).template().withName("kubewicket").withNamespace("kubewicket");
    values.forEach(command::set);
    return command.call();
  }

  /// What `deploy/manifests/kubewicket.yaml` has to be.
  static String manifests() {
    return HEAD + render(Map.of());
  }
}
