package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Names;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Runs the pods of Jobs, and tells CronJobs which of their Jobs are running. It starts none on a
/// schedule.
final class JobController {
  private static final String KIND = "jobs.batch";
  private static final String CRON = "cronjobs.batch";
  private static final String NAME = "job-controller";

  private final World world;
  private final Recorder events;
  private final Kind kind;

  JobController(World world, Recorder events) {
    this.world = world;
    this.events = events;
    this.kind = world.kinds().of(KIND);
  }

  void run() {
    for (ObjectNode job : world.all(KIND)) {
      if (!finished(job) && !Objects.ending(job)) {
        sync(job);
      }
    }
    world.all(CRON).forEach(this::cron);
  }

  private void sync(ObjectNode job) {
    List<ObjectNode> pods = world.owned("pods", job);
    int succeeded = phase(pods, "Succeeded");
    int failed = phase(pods, "Failed");
    int active = (int) pods.stream().filter(Objects::active).count();
    int completions = Json.number(job, 1, "spec", "completions");
    boolean suspended = Json.flag(job, "spec", "suspend");
    int wanted =
        suspended
            ? 0
            : Math.min(Json.number(job, 1, "spec", "parallelism"), completions - succeeded);
    if (failed > Json.number(job, 6, "spec", "backoffLimit")) {
      wanted = 0;
    }
    for (int i = active; i < wanted; i++) {
      create(job);
    }
    status(job, succeeded, failed, completions);
  }

  private void create(ObjectNode job) {
    ObjectNode pod = Pods.from(job, world.reference(KIND, job));
    Json.child(pod, "metadata")
        .put("name", Objects.name(job) + "-" + Names.suffix(world.random()))
        .put("generateName", Objects.name(job) + "-");
    world
        .create("pods", pod)
        .ifPresent(made ->
            events.normal(
                kind, job, NAME, "SuccessfulCreate", "Created pod: " + Objects.name(made)));
  }

  private void status(ObjectNode job, int succeeded, int failed, int completions) {
    List<ObjectNode> pods = world.owned("pods", job);
    ObjectNode status = Objects.status(job);
    String now = Json.time(world.now());
    if (!status.has("startTime")) {
      status.put("startTime", now);
    }
    Objects.put(status, "active", (int) pods.stream().filter(Objects::active).count());
    status.put("ready", (int) pods.stream().filter(pod -> Objects.is(pod, "Ready")).count());
    Objects.put(status, "succeeded", succeeded);
    Objects.put(status, "failed", failed);
    status.put("terminating", 0);
    Json.child(status, "uncountedTerminatedPods");
    if (succeeded >= completions) {
      String why = "Reached expected number of succeeded pods";
      Objects.condition(status, "SuccessCriteriaMet", true, "CompletionsReached", why, world.now());
      Objects.condition(status, "Complete", true, "CompletionsReached", why, world.now());
      status.put("completionTime", now);
      events.normal(kind, job, NAME, "Completed", "Job completed");
    } else if (failed > Json.number(job, 6, "spec", "backoffLimit")) {
      String why = "Job has reached the specified backoff limit";
      Objects.condition(status, "Failed", true, "BackoffLimitExceeded", why, world.now());
      events.warning(kind, job, NAME, "BackoffLimitExceeded", why);
    }
    world.status(KIND, job, status, World.CONTROLLER);
  }

  private void cron(ObjectNode cron) {
    ObjectNode status = Objects.status(cron);
    status.remove("active");
    for (ObjectNode job : world.owned(KIND, cron)) {
      if (!finished(job)) {
        ObjectNode entry =
            (status.path("active").isArray()
                    ? status.withArrayProperty("active")
                    : status.putArray("active"))
                .addObject();
        entry.put("kind", "Job").put("namespace", Objects.namespace(job));
        entry.put("name", Objects.name(job)).put("uid", Objects.uid(job));
        entry.put("apiVersion", "batch/v1");
        entry.put("resourceVersion", Json.text(job, "metadata", "resourceVersion"));
      } else if (Objects.is(job, "Complete")) {
        String ended = Json.text(job, "status", "completionTime");
        if (ended.compareTo(Json.text(status, "lastSuccessfulTime")) > 0) {
          status.put("lastSuccessfulTime", ended);
        }
      }
    }
    world.status(CRON, cron, status, World.CONTROLLER);
  }

  private static int phase(List<ObjectNode> pods, String phase) {
    return (int)
        pods.stream().filter(pod -> Json.text(pod, "status", "phase").equals(phase)).count();
  }

  private static boolean finished(ObjectNode job) {
    return Objects.is(job, "Complete") || Objects.is(job, "Failed");
  }
}
