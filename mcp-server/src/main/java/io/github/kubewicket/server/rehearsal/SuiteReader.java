package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.LocatedYaml;
import io.github.kubewicket.policy.config.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads a file of cases. Whatever is wrong becomes a [Problem] with its place; one problem and no
/// case is played.
public final class SuiteReader {
  private static final List<String> DECISIONS =
      List.of("allow", "approval_required", "suggested", "shadow", "deny");
  private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::word).toList();
  private static final List<String> RESULTS =
      Arrays.stream(Outcome.Result.values()).map(Outcome.Result::word).toList();
  private static final Set<String> CODES =
      Arrays.stream(Reason.values())
          .map(Reason::name)
          .collect(Collectors.toCollection(LinkedHashSet::new));
  private static final Set<String> ARGUMENTS =
      keys("namespace", "workload", "pod", "replicas", "reason", "trigger", "confidence");
  private static final String CALLER = "stdio:agent";
  private static final String REASON = "a rehearsal";
  private static final int MOST_CASES = 200;

  private final Set<String> tools;
  private final List<Problem> problems = new ArrayList<>();

  private SuiteReader(Set<String> tools) {
    this.tools = tools;
  }

  /// Reads a file.
  ///
  /// @param tools the write tools that there are
  public static Suite.Read read(Path file, Set<String> tools) {
    return switch (LocatedYaml.read(file)) {
      case LocatedYaml.Read.Unreadable(var problems) -> new Suite.Read.Unreadable(problems);
      case LocatedYaml.Read.Readable(LocatedYaml document) -> {
        SuiteReader reader = new SuiteReader(tools);
        Suite suite = reader.suite(file, Part.of(document, reader.problems));
        yield reader.problems.isEmpty()
            ? new Suite.Read.Readable(suite)
            : new Suite.Read.Unreadable(reader.problems);
      }
    };
  }

  private Suite suite(Path file, Part whole) {
    Path folder = file.toAbsolutePath().getParent();
    Path base = folder == null ? file.toAbsolutePath() : folder;
    if (!whole.hasOnly(
        "keys with values: cases, and perhaps policy and objects",
        keys("policy", "objects", "cases"))) {
      return new Suite(base, List.of());
    }
    Path policy =
        whole
            .find("policy")
            .flatMap(part -> part.text("the name of a policy file").map(it -> path(base, it, part)))
            .orElse(base.resolve("tools.yaml"));
    ObjectReader objects = new ObjectReader(base, problems);
    List<ObjectNode> shared = whole.find("objects").map(objects::read).orElse(List.of());
    List<Part> cases =
        whole
            .need("cases", "a list of cases, each with name, at, call and expect")
            .map(part -> part.items("a list of cases, each with name, at, call and expect"))
            .orElse(List.of());
    if (cases.size() > MOST_CASES) {
      whole.problem("There are " + cases.size() + " cases; " + MOST_CASES + " are allowed.");
    }
    List<Scenario> scenarios = new ArrayList<>();
    cases.forEach(part -> scenarios.addAll(scenarios(part, shared, objects)));
    return new Suite(policy, scenarios);
  }

  /// One case, or one for each tier that it names.
  private List<Scenario> scenarios(Part part, List<ObjectNode> shared, ObjectReader reader) {
    if (!part.hasOnly(
        "a case with name, at, call and expect",
        keys("name", "at", "objects", "history", "call", "tiers", "shadow", "expect", "cluster"))) {
      return List.of();
    }
    Optional<String> name = part.need("name", "a name for people").flatMap(it -> it.text("a name"));
    Optional<Instant> at =
        part.need("at", "the moment of the call, such as 2026-03-03T02:17:00Z")
            .flatMap(Part::instant);
    List<ObjectNode> objects = new ArrayList<>(shared);
    part.find("objects").map(reader::read).ifPresent(objects::addAll);
    sameOnce(part, objects);
    List<Scenario.Act> history =
        part.find("history").map(it -> it.items("a list of acts")).orElse(List.of()).stream()
            .flatMap(act -> act(act).stream())
            .toList();
    Optional<Scenario.Call> call =
        part.need("call", "the call, such as {tool: restart_workload, namespace: shop, …}")
            .flatMap(it -> call(it, keys("tool", "caller", "approvedAt")));
    List<Optional<Tier>> tiers =
        part.find("tiers").map(it -> it.items("a list of tiers")).orElse(List.of()).stream()
            .map(SuiteReader::tier)
            .toList();
    Optional<String> shadow = part.find("shadow").flatMap(it -> it.word(List.of("over")));
    Optional<String> cluster =
        part.find("cluster").flatMap(it -> it.text("the name of a cluster of the policy"));
    Optional<Scenario.Expected> expect =
        part.need("expect", "what is expected, such as {decision: deny, code: BACKUP_RUNNING}")
            .flatMap(SuiteReader::expected);
    if (name.isEmpty() || at.isEmpty() || call.isEmpty() || expect.isEmpty()) {
      return List.of();
    }
    if (call.get().approvedAt().filter(it -> it.isAfter(at.get())).isPresent()
        || history.stream().anyMatch(act -> act.at().isAfter(at.get()))) {
      part.problem("Something in history, or the approval, is later than the call itself.");
    }
    List<Optional<Tier>> played = tiers.isEmpty() ? List.of(Optional.<Tier>empty()) : tiers;
    return played.stream()
        .map(tier ->
            new Scenario(
                name.get() + tier.map(it -> " [" + it.word() + "]").orElse(""),
                part.line(),
                at.get(),
                objects,
                history,
                call.get(),
                tier,
                shadow.isPresent(),
                expect.get(),
                cluster))
        .toList();
  }

  private static void sameOnce(Part part, List<ObjectNode> objects) {
    Set<String> seen = new LinkedHashSet<>();
    for (ObjectNode object : objects) {
      String key =
          object.path("kind").asString("")
              + "/"
              + object.path("metadata").path("name").asString("");
      if (!seen.add(
          key
              + " "
              + object.path("apiVersion").asString("")
              + " "
              + object.path("metadata").path("namespace").asString(""))) {
        part.problem("The object " + LocatedYaml.quoted(key) + " is there twice; remove one.");
      }
    }
  }

  private Optional<Scenario.Act> act(Part part) {
    Optional<Scenario.Call> call = call(part, keys("at", "tool", "caller", "result", "tier"));
    Optional<Instant> at =
        part.need("at", "when it was done, such as 2026-03-03T01:10:00Z").flatMap(Part::instant);
    Optional<Part> result = part.find("result");
    Optional<String> ended =
        result.isEmpty() ? Optional.of("verified") : result.get().word(RESULTS);
    Optional<Part> tier = part.find("tier");
    Optional<Tier> let = tier.isEmpty() ? Optional.of(Tier.APPROVE) : tier(tier.get());
    return call.isEmpty() || at.isEmpty() || ended.isEmpty() || let.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Scenario.Act(
                at.get(),
                call.get(),
                Outcome.Result.valueOf(ended.get().toUpperCase(Locale.ROOT)),
                let.get()));
  }

  /// @param own keys besides the tool's arguments
  private Optional<Scenario.Call> call(Part part, Set<String> own) {
    Set<String> allowed = new LinkedHashSet<>(own);
    allowed.addAll(ARGUMENTS);
    if (!part.hasOnly("a call such as {tool: restart_workload, namespace: shop, …}", allowed)) {
      return Optional.empty();
    }
    Optional<String> tool =
        part.need("tool", "a write tool, such as restart_workload").flatMap(it -> it.word(tools));
    Optional<Part> named = part.find("caller");
    Optional<String> caller =
        named.isEmpty() ? Optional.of(CALLER) : named.get().text("a caller such as stdio:agent");
    Optional<Part> approval = part.find("approvedAt");
    Optional<Instant> approvedAt = approval.flatMap(Part::instant);
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("reason", REASON);
    for (String key : ARGUMENTS) {
      part.find(key).ifPresent(it -> arguments.set(key, it.value()));
    }
    return tool.isEmpty() || caller.isEmpty()
        ? Optional.empty()
        : Optional.of(new Scenario.Call(tool.get(), caller.get(), arguments, approvedAt));
  }

  private static Optional<Scenario.Expected> expected(Part part) {
    if (!part.hasOnly(
        "what is expected, such as {decision: deny, code: BACKUP_RUNNING}",
        keys("decision", "code", "retryAfter", "tier", "rule"))) {
      return Optional.empty();
    }
    return part.need("decision", "one of " + String.join(", ", DECISIONS))
        .flatMap(it -> it.word(DECISIONS))
        .map(decision ->
            new Scenario.Expected(
                decision,
                part.find("code").flatMap(it -> it.word(CODES)),
                part.find("retryAfter").flatMap(Part::instant),
                part.find("tier").flatMap(SuiteReader::tier),
                part.find("rule").flatMap(it -> it.text("the name of a rule"))));
  }

  private static Optional<Tier> tier(Part part) {
    return part.word(TIERS).map(word -> Tier.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Path path(Path base, String name, Part part) {
    try {
      return base.resolve(name);
    } catch (InvalidPathException e) {
      part.problem("This is no name of a file.");
      return base;
    }
  }

  /// In this order, for messages.
  private static Set<String> keys(String... keys) {
    return Stream.of(keys).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
