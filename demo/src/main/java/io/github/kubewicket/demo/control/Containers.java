package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The life of containers: created, running, ready, crashed, waiting for the next try, done.
final class Containers {
  private static final Duration REPEAT = Duration.ofSeconds(15);

  private final World world;
  private final Recorder events;
  private final Timing timing;
  private final Moments moments;
  private final Kind kind;

  Containers(World world, Recorder events, Timing timing, Moments moments) {
    this.world = world;
    this.events = events;
    this.timing = timing;
    this.moments = moments;
    this.kind = world.kinds().of("pods");
  }

  /// The next states of all containers.
  List<ObjectNode> step(ObjectNode pod, ObjectNode status) {
    List<ObjectNode> states = new ArrayList<>();
    for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
      String name = Json.text(container, "name");
      ObjectNode state =
          Json.first(status, found -> Json.text(found, "name").equals(name), "containerStatuses")
              .orElseGet(() -> created(container));
      new Step(pod, container, name, state).advance();
      states.add(state);
    }
    return states;
  }

  private static ObjectNode created(ObjectNode container) {
    ObjectNode state = Json.object();
    state.put("name", Json.text(container, "name"));
    Json.child(state, "state", "waiting").put("reason", "ContainerCreating");
    state.putObject("lastState");
    state.put("ready", false).put("restartCount", 0);
    return state
        .put("image", Json.text(container, "image"))
        .put("imageID", "")
        .put("started", false);
  }

  /// One container at one moment.
  private final class Step {
    private final ObjectNode pod;
    private final ObjectNode container;
    private final String name;
    private final ObjectNode state;
    private final Instant now = world.now();

    Step(ObjectNode pod, ObjectNode container, String name, ObjectNode state) {
      this.pod = pod;
      this.container = container;
      this.name = name;
      this.state = state;
    }

    void advance() {
      Behaviour behaviour = Behaviour.of(world, pod, container);
      if (Json.at(state, "state").has("running")) {
        running(behaviour);
      } else if (Json.at(state, "state").has("waiting")) {
        waiting(behaviour);
      }
    }

    private void waiting(Behaviour behaviour) {
      if (Json.text(state, "state", "waiting", "reason").equals("CrashLoopBackOff")) {
        int restarts = Json.number(state, 0, "restartCount");
        if (since("crash").compareTo(timing.backOffAfter(restarts)) >= 0) {
          state.put("restartCount", restarts + 1);
          start();
        } else {
          backOff();
        }
      } else if (since("created").compareTo(timing.start()) >= 0) {
        switch (behaviour) {
          case Behaviour.NoImage() -> noImage();
          case Behaviour.Serves(), Behaviour.NeverReady(), Behaviour.Works() -> start();
          case Behaviour.CannotResolve(String variable, String host) -> start();
        }
      }
    }

    private void running(Behaviour behaviour) {
      Duration age = since("started");
      switch (behaviour) {
        case Behaviour.CannotResolve(String variable, String host) -> {
          if (age.compareTo(timing.crash()) >= 0 && !Json.flag(state, "ready")) {
            crash();
          }
        }
        case Behaviour.Works() -> {
          state.put("ready", true);
          if (age.compareTo(timing.job()) >= 0) {
            end(0, "Completed");
          }
        }
        case Behaviour.Serves() ->
            state.put("ready", Json.flag(state, "ready") || age.compareTo(timing.ready()) >= 0);
        case Behaviour.NeverReady() -> {
          if (age.compareTo(timing.ready()) >= 0 && repeats("unhealthy")) {
            tell(
                "Warning",
                "Unhealthy",
                "Readiness probe failed: HTTP probe failed with statuscode: 503");
          }
        }
        case Behaviour.NoImage() -> {
          // It was pulled before the tag went missing.
        }
      }
    }

    private void start() {
      String image = Json.text(container, "image");
      tell("Normal", "Pulled", "Container image \"" + image + "\" already present on machine");
      tell("Normal", "Created", "Created container: " + name);
      tell("Normal", "Started", "Started container " + name);
      state.set("state", Json.object());
      Json.child(state, "state", "running").put("startedAt", Json.time(now));
      state
          .put("started", true)
          .put("image", image)
          .put("imageID", image + "@sha256:" + digest(image));
      state.put("containerID", "containerd://" + digest(Objects.uid(pod) + name + now));
      moments.set(Objects.uid(pod), name + "/started", now);
    }

    private void crash() {
      ObjectNode ended = terminated(1, "Error");
      state.set("lastState", Json.object().set("terminated", ended));
      state.set("state", Json.object());
      Duration wait = timing.backOffAfter(Json.number(state, 0, "restartCount"));
      Json.child(state, "state", "waiting")
          .put("reason", "CrashLoopBackOff")
          .put(
              "message",
              "back-off "
                  + wait.toSeconds()
                  + "s restarting failed container="
                  + name
                  + " pod="
                  + place());
      state.put("ready", false).put("started", false);
      moments.set(Objects.uid(pod), name + "/crash", now);
      backOff();
    }

    private void backOff() {
      if (repeats("backOff")) {
        tell(
            "Warning",
            "BackOff",
            "Back-off restarting failed container " + name + " in pod " + place());
      }
    }

    private void end(int code, String reason) {
      ObjectNode ended = terminated(code, reason);
      state.set("state", Json.object().set("terminated", ended));
      state.put("ready", false).put("started", false);
    }

    private ObjectNode terminated(int code, String reason) {
      ObjectNode ended = Json.object();
      ended.put("exitCode", code).put("reason", reason);
      ended.put("startedAt", Json.text(state, "state", "running", "startedAt"));
      return ended
          .put("finishedAt", Json.time(now))
          .put("containerID", Json.text(state, "containerID"));
    }

    private void noImage() {
      String image = Json.text(container, "image");
      if (repeats("pull")) {
        boolean first = Json.text(state, "state", "waiting", "reason").equals("ContainerCreating");
        String why = "failed to pull and unpack image \"" + image + "\": not found";
        if (first) {
          tell("Normal", "Pulling", "Pulling image \"" + image + "\"");
          tell("Warning", "Failed", "Failed to pull image \"" + image + "\": " + why);
          tell("Warning", "Failed", "Error: ErrImagePull");
        }
        Json.child(state, "state", "waiting")
            .put("reason", first ? "ErrImagePull" : "ImagePullBackOff")
            .put("message", first ? why : "Back-off pulling image \"" + image + "\": " + why);
        if (!first) {
          tell("Normal", "BackOff", "Back-off pulling image \"" + image + "\"");
          tell("Warning", "Failed", "Error: ImagePullBackOff");
        }
      }
    }

    private Duration since(String what) {
      return moments.since(Objects.uid(pod), name + "/" + what, now);
    }

    /// True at the first time and then every 15 seconds.
    private boolean repeats(String what) {
      boolean first = moments.first(Objects.uid(pod), name + "/" + what, now);
      if (first || since(what).compareTo(REPEAT) >= 0) {
        moments.set(Objects.uid(pod), name + "/" + what, now);
        return true;
      }
      return false;
    }

    private void tell(String type, String reason, String message) {
      String path = "spec.containers{" + name + "}";
      events.record(kind, pod, path, Kubelet.NAME, type, reason, message);
    }

    private String place() {
      return Objects.name(pod) + "_" + Objects.namespace(pod) + "(" + Objects.uid(pod) + ")";
    }

    private String digest(String of) {
      StringBuilder hex = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        hex.append(
            String.format(
                java.util.Locale.ROOT,
                "%016x",
                Names.hash(Json.object().put(of, i)).hashCode() * 0x9E3779B97F4A7C15L));
      }
      return hex.toString();
    }
  }
}
