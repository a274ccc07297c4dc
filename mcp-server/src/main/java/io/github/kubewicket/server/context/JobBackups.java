package io.github.kubewicket.server.context;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.settings.ContextSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Backups that are Jobs: those that run, and those that a CronJob will start. A Job or CronJob is
/// one when its name, a value of its labels or of its pods' labels, or the name of the CronJob that
/// owns it matches.
final class JobBackups {
  private final Inquiry inquiry;
  private final ContextSettings settings;
  private final Concerns concerns;
  private final Forecast forecast;
  private final Instant now;

  JobBackups(
      Inquiry inquiry,
      ContextSettings settings,
      Concerns concerns,
      Forecast forecast,
      Instant now) {
    this.inquiry = inquiry;
    this.settings = settings;
    this.concerns = concerns;
    this.forecast = forecast;
    this.now = now;
  }

  /// The Jobs that are not finished. One without a pod counts as well: the next is started soon.
  List<Activity> running() {
    Pattern names = names();
    List<Activity> running = new ArrayList<>();
    for (ObjectNode job : inquiry.list("jobs.batch")) {
      if (!finished(job) && !suspended(job) && matches(names, job)) {
        running.add(
            new Activity(
                Ref.of(job),
                "running Job",
                false,
                Moments.of(job.path("status").path("startTime"))
                    .orElseGet(() -> Moments.created(job, now)),
                Optional.empty(),
                reach(job)));
      }
    }
    return running;
  }

  /// The runs that are due.
  List<Activity> predicted() {
    Pattern names = names();
    List<Activity> due = new ArrayList<>();
    for (ObjectNode cronJob : inquiry.list("cronjobs.batch")) {
      if (matches(names, cronJob)) {
        due.addAll(runs(cronJob));
      }
    }
    return due;
  }

  private List<Activity> runs(ObjectNode cronJob) {
    CronPlan plan =
        new CronPlan(
            Ref.name(cronJob),
            cronJob.path("spec").path("schedule").asString(""),
            zone(cronJob),
            suspended(cronJob),
            pastRuns(cronJob),
            reach(cronJob));
    return switch (forecast.runs(plan, settings.backupMargin(), now)) {
      case Known.Seen<List<Activity>>(List<Activity> runs) -> runs;
      case Known.Unknown<List<Activity>>(String why) -> throw new Unseen(why);
    };
  }

  private List<CronPlan.PastRun> pastRuns(ObjectNode cronJob) {
    String uid = cronJob.path("metadata").path("uid").asString("");
    List<CronPlan.PastRun> runs = new ArrayList<>();
    for (ObjectNode job : inquiry.list("jobs.batch")) {
      boolean own =
          Ref.controller(job)
              .map(owner -> owner.path("uid").asString("").equals(uid))
              .orElse(false);
      Optional<Instant> start = Moments.of(job.path("status").path("startTime"));
      Optional<Instant> end = Moments.of(job.path("status").path("completionTime"));
      if (own && start.isPresent() && end.isPresent() && !end.get().isBefore(start.get())) {
        runs.add(new CronPlan.PastRun(start.get(), Duration.between(start.get(), end.get())));
      }
    }
    return runs;
  }

  private Set<String> reach(ObjectNode object) {
    return PodTemplate.of(object).map(concerns::of).orElse(Set.of());
  }

  private Pattern names() {
    try {
      return Pattern.compile(settings.backupNames());
    } catch (PatternSyntaxException e) {
      throw new Unseen("context.backups.names is no regular expression (RE2)");
    }
  }

  private static boolean matches(Pattern names, ObjectNode object) {
    Stream<String> owner =
        Ref.controller(object).map(reference -> reference.path("name").asString("")).stream();
    Stream<String> labels = values(object.path("metadata").path("labels"));
    Stream<String> podLabels =
        PodTemplate.of(object).stream()
            .flatMap(template -> values(template.metadata().path("labels")));
    return Stream.of(Stream.of(Ref.name(object)), owner, labels, podLabels)
        .flatMap(texts -> texts)
        .anyMatch(text -> names.matcher(text).find());
  }

  private static Stream<String> values(JsonNode labels) {
    return labels.valueStream().map(value -> value.asString(""));
  }

  private static boolean finished(JsonNode job) {
    return Stream.of("Complete", "Failed")
        .anyMatch(
            type -> WorkloadStates.condition(job, type).path("status").asString("").equals("True"));
  }

  private static boolean suspended(JsonNode object) {
    return object.path("spec").path("suspend").asBoolean(false);
  }

  private static ZoneId zone(ObjectNode cronJob) {
    String name = cronJob.path("spec").path("timeZone").asString("");
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new Unseen(Ref.of(cronJob) + ": its time zone is not known here");
    }
  }
}
