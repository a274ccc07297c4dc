package io.github.kubewicket.policy.window;

/// What becomes of a scheduled local time on the two days of a year on which clocks are changed.
/// Where the clock is put forward, an hour of local times does not exist (a gap); where it is put
/// back, an hour of them exists twice (an overlap).
public enum ClockChange {
  /// As Kubernetes runs CronJobs (robfig/cron 3, `spec_test.go`): a time in a gap does not fire, a
  /// time in an overlap fires twice.
  KUBERNETES,
  /// For what closes: a time in a gap fires when the gap is over, a time in an overlap fires twice.
  CLOSING,
  /// For what opens: a time in a gap does not fire, a time in an overlap fires once, at the first.
  OPENING
}
