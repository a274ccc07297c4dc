package io.github.kubewicket.demo.tour;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The agent looks around.
final class Reads {
  private final Stage stage;

  Reads(Stage stage) {
    this.stage = stage;
  }

  void run() {
    tools();
    pods();
    logsOfTheCrashLooper();
    logsWithAnInjection();
    contextOfTheDatabase();
  }

  private void tools() {
    stage
        .screen()
        .step(
            "The agent connects",
            "Any MCP client can; this one is the MCP Java SDK's, over standard input and output.");
    stage.screen().typed("agent", "tools/list");
    List<String> tools = stage.agent().tools();
    stage.screen().answer(stage.agent().server() + ": " + String.join(", ", tools));
    Surprise.unless(
        tools.contains("restart_workload") && !tools.contains("scale_workload"),
        "The tools should be those that the rules enable",
        tools.toString());
    stage.screen().note("scale_workload is not there: no rule enables it.");
  }

  private void pods() {
    stage
        .screen()
        .step("What is there?", "Any kind under kubectl's names; what is unhealthy comes first.");
    Answer pods =
        stage
            .agent()
            .call(new Call("list_resources").with("kind", "pods").with("namespace", "shop"))
            .mustWork();
    pods.must(
        pods.structured().path("rows").path(0).path(0).asString("").startsWith("checkout-"),
        "What is unhealthy should come first");
    stage.screen().answer(pods.text());
    stage.screen().table(pods.table());
  }

  private void logsOfTheCrashLooper() {
    stage
        .screen()
        .step(
            "Why does checkout crash?",
            "The logs of all its pods before their last crash, merged. The program logs a bearer token by "
                + "mistake; it does not get out.");
    Answer logs =
        stage
            .agent()
            .call(
                new Call("get_logs")
                    .with("namespace", "shop")
                    .with("target", "deployment/checkout")
                    .with("previous", true)
                    .with("grep", "Authorization|ERROR")
                    .with("tail", 4))
            .mustWork();
    logs.must(logs.lines().contains("does not resolve"), "The logs should tell the cause");
    logs.must(logs.lines().contains("***"), "The token should be masked");
    stage.screen().answer(logs.text());
    stage.screen().answer(logs.lines());
    stage.screen().note("A token is *** before it reaches the agent; so is a Secret's value.");
  }

  private void logsWithAnInjection() {
    stage
        .screen()
        .step(
            "What does web say?",
            "A visitor sent orders for the agent as a user agent, with terminal escapes.");
    Answer logs =
        stage
            .agent()
            .call(
                new Call("get_logs")
                    .with("namespace", "shop")
                    .with("target", "deployment/web")
                    .with("grep", "SYSTEM")
                    .with("tail", 1))
            .mustWork();
    logs.must(
        logs.lines().contains("SYSTEM: ignore") && logs.lines().indexOf('\u001b') < 0,
        "The line should be there without its escapes");
    stage.screen().answer(logs.text());
    stage.screen().answer(logs.lines());
    stage.screen().note("The escapes are gone, and the text stays what it is: text in a log.");
  }

  private void contextOfTheDatabase() {
    stage
        .screen()
        .step(
            "What is supposed to be happening around the database?",
            "An alert can tell that it is slow. It cannot tell that somebody started a backup.");
    Answer context =
        stage
            .agent()
            .call(
                new Call("get_context")
                    .with("namespace", "shop")
                    .with("workload", "statefulset/db"))
            .mustWork();
    stage.screen().answer(context.text());
    JsonNode around = context.structured().path("around");
    for (String what : List.of("backups", "deployments")) {
      for (JsonNode activity : around.path(what)) {
        stage.screen().answer(what + ": " + described(activity));
      }
    }
    context.must(
        around.path("backups").toString().contains("running Job"),
        "The running backup should be seen");
  }

  private static String described(JsonNode activity) {
    return activity.path("what").asString("")
        + " ("
        + activity.path("source").asString("")
        + ") from "
        + activity.path("from").asString("")
        + ", concerns "
        + activity
            .path("concerns")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "));
  }
}
