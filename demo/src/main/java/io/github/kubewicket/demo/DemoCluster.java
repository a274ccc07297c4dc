package io.github.kubewicket.demo;

import com.sun.net.httpserver.HttpServer;
import io.github.kubewicket.demo.control.Controllers;
import io.github.kubewicket.demo.control.Loop;
import io.github.kubewicket.demo.control.Timing;
import io.github.kubewicket.demo.control.World;
import io.github.kubewicket.demo.discovery.Discovery;
import io.github.kubewicket.demo.discovery.OpenApi;
import io.github.kubewicket.demo.http.Answers;
import io.github.kubewicket.demo.http.Front;
import io.github.kubewicket.demo.http.Resources;
import io.github.kubewicket.demo.http.Subresources;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.logs.PodLog;
import io.github.kubewicket.demo.store.Registry;
import io.github.kubewicket.demo.store.Store;
import io.github.kubewicket.demo.write.Creation;
import io.github.kubewicket.demo.write.Deletion;
import io.github.kubewicket.demo.write.Eviction;
import io.github.kubewicket.demo.write.Removal;
import io.github.kubewicket.demo.write.Scale;
import io.github.kubewicket.demo.write.Update;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A Kubernetes API in memory, on the loopback interface, with a small shop in it. Nothing is run
/// and nothing is kept: with `close` all of it is gone.
public final class DemoCluster implements AutoCloseable {
  private static final int LOOPBACK_ANY_PORT = 0;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Store store;
  private final Controllers controllers;
  private final Optional<Loop> loop;
  private final String token;

  /// What is there at the beginning.
  private interface Opening {
    void in(World world, Update update, Controllers controllers, MovableClock clock);
  }

  private DemoCluster(
      InstantSource clock,
      RandomGenerator random,
      Timing timing,
      boolean running,
      Kinds kinds,
      Opening opening) {
    this.token = token(random);
    this.store = new Store();
    MovableClock time = new MovableClock(clock);
    Registry registry = new Registry(store, time, random);
    Creation creation = new Creation(store, kinds, registry, random);
    Deletion deletion = new Deletion(store, kinds, time);
    Update update = new Update(store, registry);
    World world = new World(store, kinds, registry, creation, deletion, time, random);
    this.controllers = new Controllers(world, timing);
    opening.in(world, update, controllers, time);
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.server = listen();
    Discovery discovery = new Discovery(kinds, uri().getAuthority());
    Subresources subresources =
        new Subresources(
            store,
            time,
            new PodLog(world, random),
            new Eviction(store, kinds, deletion, time),
            new Scale(store, registry));
    Resources resources =
        new Resources(store, time, creation, update, new Removal(store, deletion), subresources);
    Answers answers =
        new Answers(store, kinds, discovery, new OpenApi(kinds, discovery), resources);
    server.createContext("/", new Front(token, answers));
    server.setExecutor(threads);
    server.start();
    this.loop = running ? Optional.of(new Loop(controllers)) : Optional.empty();
  }

  /// Starts a cluster whose controllers run by themselves.
  ///
  /// @param clock for all times
  /// @param random for names, UIDs and the token; has to be unpredictable where the token matters
  public static DemoCluster start(InstantSource clock, RandomGenerator random) {
    return new DemoCluster(clock, random, Timing.DEMO, true, new Kinds(), shop(clock));
  }

  /// Starts a cluster whose controllers stand still until `step` is called; for tests that move the
  /// clock themselves.
  public static DemoCluster stepped(InstantSource clock, RandomGenerator random, Timing timing) {
    return new DemoCluster(clock, random, timing, false, new Kinds(), shop(clock));
  }

  /// Starts a cluster that holds exactly these objects, as they are, and in which nothing happens
  /// by itself. Kinds that the demo does not know are served as custom resources.
  ///
  /// @param objects with `apiVersion`, `kind` and `metadata.name`; those of one kind all with or
  ///   all without a namespace
  public static DemoCluster holding(
      InstantSource clock, RandomGenerator random, List<ObjectNode> objects) {
    return new DemoCluster(
        clock,
        random,
        Timing.DEMO,
        false,
        Kinds.with(objects),
        (world, _, _, _) -> new GivenObjects(world, clock.instant()).put(objects));
  }

  private static Opening shop(InstantSource clock) {
    return (world, update, controllers, time) ->
        new Shop(world, update, controllers, time).open(clock.instant());
  }

  /// The address of the API, `http://127.0.0.1:<port>`.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The bearer token without which every request is refused.
  public String token() {
    return token;
  }

  /// Lets the controllers do what is to be done at this moment.
  public void step() {
    controllers.step();
  }

  @Override
  public void close() {
    loop.ifPresent(Loop::close);
    store.close();
    server.stop(0);
    threads.close();
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), LOOPBACK_ANY_PORT), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo cannot listen on the loopback interface", e);
    }
  }

  private static String token(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
