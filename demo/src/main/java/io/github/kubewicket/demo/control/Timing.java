package io.github.kubewicket.demo.control;

import java.time.Duration;

/// How fast the imitated world is.
///
/// @param start from the creation of a container to its first instruction
/// @param ready from the start of a container to its readiness
/// @param end from the deletion of a pod to its disappearance
/// @param crash from the start of a faulty container to its end
/// @param backOff before the first restart; doubles with each, as the kubelet's does
/// @param backOffMax where it stops doubling (the kubelet's default is 5 minutes; its configuration
///   may lower it, and the demo does, so that one can watch)
/// @param job how long a job's container works
public record Timing(
    Duration start,
    Duration ready,
    Duration end,
    Duration crash,
    Duration backOff,
    Duration backOffMax,
    Duration job) {
  /// About two seconds from a new pod to a ready one; a job of half an hour.
  public static final Timing DEMO =
      new Timing(
          Duration.ofMillis(400),
          Duration.ofMillis(1_200),
          Duration.ofMillis(800),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(40),
          Duration.ofMinutes(30));

  Duration backOffAfter(int restarts) {
    Duration wait = backOff.multipliedBy(1L << Math.min(restarts, 10));
    return wait.compareTo(backOffMax) < 0 ? wait : backOffMax;
  }
}
