package io.github.kubewicket.demo.logs;

import io.github.kubewicket.demo.control.Behaviour;
import io.github.kubewicket.demo.control.World;
import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.store.Names;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The log subresource of pods. `follow` is not asked about: a followed log ends at once.
public final class PodLog {
  private final World world;
  private final Programs programs = new Programs();
  private final String token;

  /// Logs of the pods of a world. The token that one program prints by mistake is random, so that
  /// no file of ours contains anything that looks like one.
  public PodLog(World world, RandomGenerator random) {
    this.world = world;
    this.token = token(random);
  }

  /// The log as text.
  public Outcome<byte[]> read(ObjectNode pod, LogRequest request) {
    List<ObjectNode> containers = Json.objects(pod, "spec", "containers");
    String podName = Json.text(pod, "metadata", "name");
    String names =
        containers.stream().map(one -> Json.text(one, "name")).collect(Collectors.joining(" "));
    if (request.container().isEmpty() && containers.size() != 1) {
      return refuse(
          "a container name must be specified for pod "
              + podName
              + ", choose one of: ["
              + names
              + "]");
    }
    Optional<ObjectNode> container =
        containers.stream()
            .filter(one ->
                request.container().isEmpty() || Json.text(one, "name").equals(request.container()))
            .findFirst();
    return container.isEmpty()
        ? refuse("container " + request.container() + " is not valid for pod " + podName)
        : read(pod, container.get(), request);
  }

  private Outcome<byte[]> read(ObjectNode pod, ObjectNode container, LogRequest request) {
    String name = Json.text(container, "name");
    ObjectNode state =
        Json.first(pod, one -> Json.text(one, "name").equals(name), "status", "containerStatuses")
            .orElseGet(Json::object);
    JsonNode running = Json.at(state, "state", "running");
    JsonNode done = Json.at(state, "state", "terminated");
    JsonNode last = Json.at(state, "lastState", "terminated");
    String podName = Json.text(pod, "metadata", "name");
    JsonNode run = !running.isMissingNode() ? running : !done.isMissingNode() ? done : last;
    if (request.previous()) {
      run = last;
    }
    if (run.isMissingNode()) {
      String waiting = Json.text(state, "state", "waiting", "reason");
      return request.previous()
          ? refuse(
              "previous terminated container \"" + name + "\" in pod \"" + podName + "\" not found")
          : refuse(
              "container \""
                  + name
                  + "\" in pod \""
                  + podName
                  + "\" is waiting to start: "
                  + switch (waiting) {
                    case "ErrImagePull", "ImagePullBackOff" -> "trying and failing to pull image";
                    case "" -> "ContainerCreating";
                    default -> waiting;
                  });
    }
    Instant start = Json.time(run, "startedAt").orElse(world.clock().instant());
    Instant end = Json.time(run, "finishedAt").orElse(world.clock().instant());
    boolean crashed = Json.number(run, 0, "exitCode") != 0;
    List<Line> lines =
        programs.run(
            Json.text(container, "image"),
            start,
            end,
            crashed,
            Programs.values(Behaviour.of(world, pod, container), podName, token));
    return Outcome.done(cut(lines, request));
  }

  private static byte[] cut(List<Line> lines, LogRequest request) {
    List<Line> wanted =
        lines.stream()
            .filter(line -> request.since().map(since -> !line.time().isBefore(since)).orElse(true))
            .toList();
    int skip = request.tailLines().map(tail -> Math.max(0, wanted.size() - tail)).orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : wanted.subList(skip, wanted.size())) {
      text.append(request.timestamps() ? line.time() + " " : "").append(line.text()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int limit = request.limitBytes().orElse(Integer.MAX_VALUE);
    return limit < bytes.length ? Arrays.copyOf(bytes, limit) : bytes;
  }

  private static String token(RandomGenerator random) {
    byte[] signature = new byte[32];
    random.nextBytes(signature);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String claims = "{\"sub\":\"checkout\",\"jti\":\"" + Names.uid(random) + "\"}";
    return encoder.encodeToString(
            "{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(signature);
  }

  private static Outcome<byte[]> refuse(String why) {
    return Outcome.refused(Status.badRequest(why));
  }
}
