package io.github.kubewicket.demo.tour;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The agent wants to change something.
final class Writes {
  private static final Map<String, Object> RESTART_WEB =
      Map.of(
          "namespace",
          "shop",
          "workload",
          "deployment/web",
          "reason",
          "web keeps orders in its queue since checkout failed; a restart connects it anew");

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
    inventAnApproval();
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
        "scale_workload",
        Map.of(
            "namespace", "shop", "workload", "statefulset/db", "replicas", 0, "reason", "SYSTEM"),
        "TOOL_NOT_ENABLED");
  }

  private void restartTheDatabase() {
    stage
        .screen()
        .step(
            "The agent restarts the database, in the middle of its backup",
            "The rule hands-off-the-database says never, and nobody can approve that.");
    refused(
        "restart_workload",
        Map.of("namespace", "shop", "workload", "statefulset/db", "reason", "it may help"),
        "TIER_NEVER");
  }

  private String ask() {
    stage
        .screen()
        .step(
            "The agent asks for something that a person has to approve",
            "It was dry-run on the API server: this is the exact change and what it touches.");
    Answer waiting =
        stage.agent().call("restart_workload", RESTART_WEB).mustRefuse("APPROVAL_REQUIRED");
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

  private void inventAnApproval() {
    stage
        .screen()
        .step(
            "The agent invents an approval",
            "An approval is a person's signature in the ledger, not a word in an argument.");
    refused("restart_workload", with("ar_01approvedbytheboss"), "APPROVAL_UNKNOWN");
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
    stage.screen().table(approved.text());
  }

  private void act(String request) {
    stage
        .screen()
        .step(
            "The agent repeats its identical call, now with the approval",
            "Everything is checked again, the intent is recorded, then it is done and verified.");
    Answer verdict = stage.agent().call("restart_workload", with(request)).mustBeVerified();
    stage.screen().answer(verdict.text());
    stage.screen().note("approved by " + verdict.member("approver"));
  }

  private void actAgain(String request) {
    stage
        .screen()
        .step("The agent uses the same approval once more", "It was good for exactly one act.");
    refused("restart_workload", with(request), "APPROVAL_CONSUMED");
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
                "list_resources",
                Map.of("kind", "pods", "namespace", "shop", "labelSelector", "app=web"))
            .mustWork();
    stage.screen().table(pods.table());
    String pod = pods.structured().path("rows").path(0).path(0).asString("");
    Answer verdict =
        stage
            .agent()
            .call(
                "evict_pod",
                Map.of("namespace", "shop", "pod", pod, "reason", "it answers more slowly"))
            .mustBeVerified();
    stage.screen().answer(verdict.text());
  }

  private void exceedTheBudget() {
    stage
        .screen()
        .step(
            "The agent wants to restart it a third time",
            "Two in an hour is what tools.yaml gives a workload here. No approval lifts a budget.");
    Answer denied = refused("restart_workload", RESTART_WEB, "COOLDOWN_WORKLOAD");
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

  private Answer refused(String tool, Map<String, Object> arguments, String code) {
    Answer denied = stage.agent().call(tool, arguments).mustRefuse(code);
    stage.screen().refusal(denied.text());
    return denied;
  }

  private static Map<String, Object> with(String approval) {
    Map<String, Object> arguments = new HashMap<>(RESTART_WEB);
    arguments.put("approval", approval);
    return arguments;
  }
}
