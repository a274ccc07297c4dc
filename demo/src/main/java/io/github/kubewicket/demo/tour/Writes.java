package io.github.kubewicket.demo.tour;

import java.util.List;

/// The agent wants to change something.
final class Writes {
  private static final Call RESTART_WEB =
      new Call("restart_workload")
          .with("namespace", "shop")
          .with("workload", "deployment/web")
          .with("reason", "web lost checkout and keeps orders in its queue");

  /// Well-formed, so that it is looked up: the example of the ULID specification
  /// (<https://github.com/ulid/spec>).
  private static final String INVENTED = "ar_01ARZ3NDEKTSV4RRFFQ69G5FAV";

  private final Stage stage;
  private final Launcher launcher;

  Writes(Stage stage, Launcher launcher) {
    this.stage = stage;
    this.launcher = launcher;
  }

  void run() {
    obeyTheInjection();
    restartTheDatabase();
    String request = ask();
    inventAnApproval(request);
    approve(request);
    act(request);
    actAgain(request);
    evict();
    exceedTheBudget();
  }

  private void obeyTheInjection() {
    stage
        .screen()
        .step(
            "The agent obeys the log line",
            "A tool that is not listed can still be called. It is refused all the same.");
    refused(
        new Call("scale_workload")
            .with("namespace", "shop")
            .with("workload", "statefulset/db")
            .with("replicas", 0)
            .with("reason", "the log said so"),
        "TOOL_NOT_ENABLED");
  }

  private void restartTheDatabase() {
    stage
        .screen()
        .step(
            "The agent restarts the database, in the middle of its backup",
            "The rule hands-off-the-database says never, and nobody can approve that.");
    refused(
        new Call("restart_workload")
            .with("namespace", "shop")
            .with("workload", "statefulset/db")
            .with("reason", "it may help"),
        "TIER_NEVER");
  }

  private String ask() {
    stage
        .screen()
        .step(
            "The agent asks for something that a person has to approve",
            "It was dry-run on the API server: this is the exact change and what it touches.");
    Answer waiting = stage.agent().call(RESTART_WEB).mustRefuse("APPROVAL_REQUIRED");
    String request = waiting.member("requestId");
    waiting.must(request.startsWith("ar_"), "There should be a request id");
    waiting.must(waiting.member("diff").contains("+"), "There should be a diff");
    stage.screen().refusal(waiting.text());
    stage.screen().diff(waiting.member("diff"));
    stage.screen().answer("blastRadius " + waiting.structured().path("blastRadius"));
    stage
        .screen()
        .answer(
            "wayBack " + waiting.member("wayBack") + ", expiresAt " + waiting.member("expiresAt"));
    return request;
  }

  private void inventAnApproval(String request) {
    stage
        .screen()
        .step(
            "The agent invents an approval, and then uses a request that nobody has approved",
            "An approval is a person's signature in the ledger, not a word in an argument.");
    refused(RESTART_WEB.with("approval", INVENTED), "APPROVAL_UNKNOWN");
    refused(RESTART_WEB.with("approval", request), "APPROVAL_REQUIRED");
  }

  private void approve(String request) {
    stage
        .screen()
        .step(
            "The person looks at it and approves",
            "Computed facts come first, the agent's own words last and marked. The passphrase is the yes.");
    stage.screen().typed("person", "kubewicket approve " + request);
    Finished approved =
        stage
            .person()
            .runs(
                List.of(
                    "--config",
                    launcher.policy().toString(),
                    "approve",
                    request,
                    "--key",
                    launcher.key().toString()),
                List.of("Passphrase of"))
            .must(0)
            .mustSay("Approved.");
    stage.screen().diff(approved.text());
  }

  private void act(String request) {
    stage
        .screen()
        .step(
            "The agent repeats its identical call, now with the approval",
            "Everything is checked again, the intent is recorded, then it is done and verified.");
    Answer verdict = stage.agent().call(RESTART_WEB.with("approval", request)).mustBeVerified();
    stage.screen().answer(verdict.text());
    stage.screen().note("approved by " + verdict.member("approver"));
  }

  private void actAgain(String request) {
    stage
        .screen()
        .step("The agent uses the same approval once more", "It was good for exactly one act.");
    refused(RESTART_WEB.with("approval", request), "APPROVAL_CONSUMED");
  }

  private void evict() {
    stage
        .screen()
        .step(
            "The agent evicts a pod, which it may do by itself",
            "The rule evict-pods-of-deployments says auto: no person is asked, all else is the same.");
    Answer pods =
        stage
            .agent()
            .call(
                new Call("list_resources")
                    .with("kind", "pods")
                    .with("namespace", "shop")
                    .with("labelSelector", "app=web"))
            .mustWork();
    stage.screen().table(pods.table());
    String pod = pods.structured().path("rows").path(0).path(0).asString("");
    Answer verdict =
        stage
            .agent()
            .call(
                new Call("evict_pod")
                    .with("namespace", "shop")
                    .with("pod", pod)
                    .with("reason", "it answers more slowly than the others"))
            .mustBeVerified();
    stage.screen().answer(verdict.text());
  }

  private void exceedTheBudget() {
    stage
        .screen()
        .step(
            "The agent wants to restart it a third time",
            "Two in an hour is what tools.yaml gives a workload here. No approval lifts a budget.");
    Answer denied = refused(RESTART_WEB, "COOLDOWN_WORKLOAD");
    denied.must(!denied.member("retryAfter").isEmpty(), "It should say when to try again");
    stage
        .screen()
        .answer(
            "limit "
                + denied.member("limit")
                + ", used "
                + denied.member("used")
                + ", retryAfter "
                + denied.member("retryAfter")
                + ", approvable "
                + denied.member("approvable"));
  }

  private Answer refused(Call call, String code) {
    Answer denied = stage.agent().call(call).mustRefuse(code);
    stage.screen().refusal(denied.text());
    return denied;
  }
}
