package io.github.kubewicket.server.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The test cluster's shop, put into a namespace of this test run's own: a Deployment that is well,
/// one that crashes again and again, a database, a running backup, and a custom resource.
public final class Shop implements AutoCloseable {
  private static final Path MANIFEST = Path.of("..", "scripts", "cluster", "fixtures", "shop.yaml");
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private final KubernetesClient client;
  private final String namespace;

  private Shop(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /// Opens one, and waits until the broken part has crashed and been started again.
  public static Shop open() {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(TestCluster.kubeconfig().toFile()))
            .build();
    Shop shop = new Shop(client, "shop-" + Long.toHexString(System.nanoTime()));
    List<HasMetadata> objects = client.load(new ByteArrayInputStream(shop.manifest())).items();
    for (HasMetadata object : objects) {
      await(object.getKind() + " " + object.getMetadata().getName(), () -> shop.put(object));
    }
    await("web is ready", () -> shop.ready("web") == 3);
    await("the broken part backs off", shop::backsOff);
    return shop;
  }

  /// The namespace that it is in.
  public String namespace() {
    return namespace;
  }

  /// Deletes the namespace, without waiting for its end.
  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  private byte[] manifest() {
    boolean stable =
        client.getApiGroups().getGroups().stream()
            .filter(group -> group.getName().equals("policy"))
            .anyMatch(group -> group.getPreferredVersion().getVersion().equals("v1"));
    try {
      return Files.readString(MANIFEST)
          .replace("namespace: shop", "namespace: " + namespace)
          .replace("policy/v1beta1", stable ? "policy/v1" : "policy/v1beta1")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the manifest of the shop cannot be read", e);
    }
  }

  /// A kind, a namespace or an account that was made a moment ago may not be there for all yet.
  private boolean put(HasMetadata object) {
    if (object instanceof Namespace place) {
      place.getMetadata().setName(namespace);
    }
    try {
      client.resource(object).create();
      return true;
    } catch (KubernetesClientException e) {
      boolean existsAlready = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      return existsAlready;
    }
  }

  private long ready(String app) {
    return pods(app).stream()
        .flatMap(pod -> pod.getStatus().getConditions().stream())
        .filter(condition -> condition.getType().equals("Ready"))
        .filter(condition -> condition.getStatus().equals("True"))
        .count();
  }

  private boolean backsOff() {
    boolean restarted =
        pods("broken").stream()
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .anyMatch(container -> container.getRestartCount() > 0);
    return restarted
        && client.v1().events().inNamespace(namespace).list().getItems().stream()
            .anyMatch(event -> "BackOff".equals(event.getReason()));
  }

  private List<Pod> pods(String app) {
    return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems();
  }

  private static void await(String what, BooleanSupplier so) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("within " + LONGEST.toSeconds() + " s it was not so: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
