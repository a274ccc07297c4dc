package io.github.kubewicket.demo.tour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

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

  /// The lines with the request's state, its target and its times.
  private static final int SHOWN = 12;

  private final Stage stage;
  private final Launcher launcher;

  Writes(Stage stage, Launcher launcher) {
    this.stage = stage;
    this.launcher = launcher;
  }

  void run() {
    obeyTheInjection();
    turnToTheDatabase();
    explain();
    evict();
    String request = ask();
    inventAnApproval(request);
    approve(request);
    pause(request);
    act(request);
    exceedTheBudget(request);
    showTheRequest(request);
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

  private void turnToTheDatabase() {
    stage
        .screen()
        .step(
            "The agent turns to the database, in the middle of its backup",
            "A rule would let a person approve the restart. While the backup runs not even that: the "
                + "answer is no at every tier. For its pods a rule says never.");
    Answer denied =
        refused(
            new Call("restart_workload")
                .with("namespace", "shop")
                .with("workload", "statefulset/db")
                .with("reason", "it may help"),
            "BACKUP_RUNNING");
    stage.screen().answer("approvable " + denied.member("approvable"));
    refused(
        new Call("evict_pod")
            .with("namespace", "shop")
            .with("pod", "db-0")
            .with("reason", "then its pod"),
        "TIER_NEVER");
  }

  private void explain() {
    stage
        .screen()
        .step(
            "May checkout be restarted? The agent asks first",
            "explain_policy runs the gate's own checks, to the last, and does nothing. checkout reads "
                + "the Secret that the backup reads, and its rollout hangs.");
    Answer explained =
        stage
            .agent()
            .call(
                new Call("explain_policy")
                    .with("tool", "restart_workload")
                    .with("namespace", "shop")
                    .with("workload", "deployment/checkout"))
            .mustWork();
    explained.must(
        explained.member("decision").equals("deny"), "The restart should not be allowed");
    stage.screen().answer(explained.text());
    List<String> codes = new ArrayList<>();
    int passed = 0;
    for (JsonNode check : explained.structured().path("checks")) {
      if (check.path("result").asString("").equals("passed")) {
        passed += 1;
      } else {
        codes.add(check.path("code").asString(""));
        stage
            .screen()
            .answer(
                check.path("check").asString("")
                    + ": "
                    + check.path("result").asString("")
                    + ": "
                    + check.path("message").asString(""));
      }
    }
    stage.screen().note(passed + " other checks have nothing against it.");
    explained.must(
        codes.containsAll(List.of("BACKUP_RUNNING", "DEPLOY_IN_PROGRESS")),
        "The backup and the rollout should both speak against it");
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
                List.of(Person.Typed.passphrase("Passphrase of")))
            .must(0)
            .mustSay("Approved.");
    stage.screen().diff(approved.text());
  }

  private void pause(String request) {
    stage
        .screen()
        .step(
            "Somebody pauses all writes, and the approved act has to wait",
            "A script or an alert may pause, for every server at once; only a person at a terminal "
                + "may resume.");
    stage.screen().typed("person", "kubewicket pause \"the storage moves\"");
    Finished paused =
        new Command(launcher)
            .run(launcher.state(), List.of("pause", "the storage moves"))
            .must(0)
            .mustSay("PAUSED");
    stage.screen().answer(paused.text());
    refused(RESTART_WEB.with("approval", request), "PAUSED");
    stage.screen().typed("person", "kubewicket resume");
    Finished resumed =
        stage
            .person()
            .runs(
                List.of("resume"),
                List.of(new Person.Typed("Why may writes go on?", "it has moved")))
            .must(0)
            .mustSay("Writes go on");
    stage.screen().answer(resumed.text());
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

  private void evict() {
    stage
        .screen()
        .step(
            "The agent evicts a pod, which it may do by itself",
            "The rule evict-pods-of-deployments says auto: no person is asked, all else is the same.");
    Answer verdict = stage.agent().call(evictionOf(pods())).mustBeVerified();
    stage.screen().answer(verdict.text());
  }

  private Answer pods() {
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
    return pods;
  }

  private static Call evictionOf(Answer pods) {
    return new Call("evict_pod")
        .with("namespace", "shop")
        .with("pod", pods.structured().path("rows").path(0).path(0).asString(""))
        .with("reason", "it answers more slowly than the others");
  }

  private void exceedTheBudget(String request) {
    stage
        .screen()
        .step(
            "The agent wants more",
            "Two acts in an hour are what tools.yaml gives a workload here, and both were made. No "
                + "approval lifts a budget. The new pods are too young to be evicted.");
    Answer denied = refused(RESTART_WEB.with("approval", request), "COOLDOWN_WORKLOAD");
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
    refused(evictionOf(pods()), "COOLDOWN_POD");
    stage.screen().typed("person", "kubewicket limits --namespace shop");
    Finished limits =
        new Command(launcher)
            .run(
                launcher.state(),
                List.of("--config", launcher.policy().toString(), "limits", "--namespace", "shop"))
            .must(0)
            .mustSay("budgets.restart.workload");
    stage.screen().table(limits.text());
  }

  private void showTheRequest(String request) {
    stage
        .screen()
        .step("The approval is used up", "It was good for exactly one act, and says which it was.");
    stage.screen().typed("person", "kubewicket show " + request);
    Finished shown =
        new Command(launcher)
            .run(launcher.state(), List.of("show", request))
            .must(0)
            .mustSay("consumed");
    stage.screen().table(shown.text().lines().limit(SHOWN).collect(Collectors.joining("\n")));
  }

  private Answer refused(Call call, String code) {
    Answer denied = stage.agent().call(call).mustRefuse(code);
    stage.screen().refusal(denied.text());
    return denied;
  }
}
