package io.github.kubewicket.server.command;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.offer.Offers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/// A server over the demo's shop, wired as `serve` wires it, without a transport.
public final class ServedShop implements AutoCloseable {
  /// Changes are made without asking anybody.
  public static final String AUTO =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: all, tools: [scale_workload], namespaces: ["*"], tier: auto, shadow: off}
      verify: {timeout: 1s}
      novelty: off
      environments: {other: "env in (demo)"}
      context: {backups: off, deployments: off}
      nativeHealing: off
      attempts: {max: 50}
      blastRadius: {maxIncreasePercent: 1000}
      budgets: {podMinAge: 0s, scale: {workload: 9/1h, namespace: 9/1h}}
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Optional<DemoCluster> demo;
  private final Connection connection;
  private final Wiring wiring;
  private final CallPath calls;
  private final Offers offers;

  private ServedShop(
      Path folder, String policy, Optional<DemoCluster> demo, Connection connection) {
    this.demo = demo;
    this.connection = connection;
    Path config = folder.resolve("tools.yaml");
    try {
      Files.writeString(config, policy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wiring =
        new Wiring(
            new Places(Optional.of(config), folder.resolve("state"), folder.resolve("keys")),
            CheckpointSink.none());
    Clusters clusters = Clusters.only(connection);
    calls = wiring.calls(clusters);
    offers = wiring.offers(clusters, calls);
  }

  /// Serves the demo under this policy.
  ///
  /// @param folder for the policy and the state
  public static ServedShop demo(Path folder, String policy) {
    InstantSource clock = InstantSource.system();
    DemoCluster demo = DemoCluster.start(clock, new Random(7));
    return new ServedShop(
        folder,
        policy,
        Optional.of(demo),
        Connection.direct(demo.uri(), demo.token(), "test", clock));
  }

  /// Serves another cluster under this policy.
  ///
  /// @param folder for the policy and the state
  public static ServedShop of(Path folder, String policy, Connection connection) {
    return new ServedShop(folder, policy, Optional.empty(), connection);
  }

  /// What is offered.
  public Offers offers() {
    return offers;
  }

  /// The calls of tools.
  public CallPath calls() {
    return calls;
  }

  /// The connection to the demo, with all rights.
  public Connection connection() {
    return connection;
  }

  /// The ledger; it begins with the first look.
  public Ledger ledger() {
    return wiring.ledger();
  }

  /// Calls a tool.
  ///
  /// @param arguments JSON with single quotes
  public Reply call(Caller caller, String tool, String arguments) {
    return calls.run(
        new Request(
            caller, "test", tool, JSON.readTree(arguments.replace('\'', '"')), Progress.NONE));
  }

  /// Changes the number of replicas of a Deployment in the shop.
  public Reply scale(Caller caller, String deployment, int replicas) {
    return call(
        caller,
        "scale_workload",
        "{'namespace':'shop','workload':'deployment/%s','replicas':%d,'reason':'a | test `of` it'}"
            .formatted(deployment, replicas));
  }

  @Override
  public void close() {
    wiring.close();
    demo.ifPresent(DemoCluster::close);
  }
}
