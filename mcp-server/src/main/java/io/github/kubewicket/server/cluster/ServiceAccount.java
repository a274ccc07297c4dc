package io.github.kubewicket.server.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The login of a pod: its service account, as Kubernetes mounts it.
final class ServiceAccount {
  private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private ServiceAccount() {}

  /// Changes when the cluster's certificate authority may have changed; the token is read at each
  /// request.
  static String mark() {
    Path ca = FOLDER.resolve("ca.crt");
    try {
      return Files.getLastModifiedTime(ca) + " " + Files.size(ca);
    } catch (IOException e) {
      return "absent";
    }
  }

  /// The login, or nothing outside a pod.
  static Optional<Login> read(Map<String, String> environment) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Path token = FOLDER.resolve("token");
    if (host.isEmpty() || !Files.isReadable(token)) {
      return Optional.empty();
    }
    Optional<byte[]> ca;
    try {
      ca = Optional.of(Files.readAllBytes(FOLDER.resolve("ca.crt")));
    } catch (IOException e) {
      ca = Optional.empty();
    }
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return Optional.of(
        new Login(
            URI.create("https://" + shown + ":" + port),
            ca,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(token),
            Optional.empty(),
            Map.of(),
            Optional.empty()));
  }
}
