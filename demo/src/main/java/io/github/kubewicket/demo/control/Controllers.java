package io.github.kubewicket.demo.control;

/// All controllers. One step brings the world to where the present moment takes it; it needs no
/// waiting, so tests move the clock and step.
public final class Controllers {
  /// Passes within a step: a Deployment's change has to reach its pods and come back.
  private static final int PASSES = 12;

  private final World world;
  private final Recorder events;
  private final Scheduler scheduler;
  private final Kubelet kubelet;
  private final ReplicaSetController replicaSets;
  private final DeploymentController deployments;
  private final StatefulSetController statefulSets;
  private final DaemonSetController daemonSets;
  private final JobController jobs;
  private final BudgetController budgets;
  private final Bystanders bystanders;

  /// Controls the world at this pace.
  public Controllers(World world, Timing timing) {
    this.world = world;
    this.events = new Recorder(world);
    this.scheduler = new Scheduler(world, events);
    this.kubelet = new Kubelet(world, events, timing);
    this.replicaSets = new ReplicaSetController(world, events);
    this.deployments = new DeploymentController(world, events);
    this.statefulSets = new StatefulSetController(world, events);
    this.daemonSets = new DaemonSetController(world, events);
    this.jobs = new JobController(world, events);
    this.budgets = new BudgetController(world);
    this.bystanders = new Bystanders(world);
  }

  /// Runs until nothing changes any more at this moment.
  public void step() {
    world
        .store()
        .locked(() -> {
          long before = -1;
          for (int i = 0; i < PASSES && before != world.store().revision(); i++) {
            before = world.store().revision();
            pass();
          }
          events.expire();
          return true;
        });
  }

  private void pass() {
    bystanders.run();
    deployments.run();
    replicaSets.run();
    statefulSets.run();
    daemonSets.run();
    jobs.run();
    scheduler.run();
    kubelet.run();
    budgets.run();
  }
}
