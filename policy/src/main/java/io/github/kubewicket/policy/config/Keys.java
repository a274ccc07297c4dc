package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.settings.CertificateSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Every key of `tools.yaml`: what may stand behind it, and what holds without it. The one table
/// from which readers take what is allowed and of which the JSON Schema is made.
final class Keys {
  static final int MOST_ITEMS = 200;
  static final int LONGEST_LINE = 500;
  static final int LONGEST_EXPRESSION = 4_096;
  static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Shape NAMED = new Shape.Text(NAME, 63);
  private static final Shape LINE = new Shape.Text("", LONGEST_LINE);
  private static final Shape EXPRESSION = new Shape.Text("", LONGEST_EXPRESSION);
  private static final Shape SWITCH = new Shape.Switch();
  private static final Shape NAMESPACE = new Shape.Text("([a-z0-9][a-z0-9-]*)?\\*|" + NAME, 63);
  private static final Shape KIND = new Shape.Text("[A-Z][A-Za-z0-9]*", 63);
  private static final Shape KIND_OR_ALL = new Shape.Text("\\*|[A-Z][A-Za-z0-9]*", 63);
  private static final Shape TOOL = new Shape.Text("[a-z][a-z0-9_]*", 100);
  private static final Shape COUNT = new Shape.Text("[0-9]{1,4}/([0-9]{1,7}[dhms]){1,4}", 40);
  private static final Shape SELECTOR =
      new Shape.Either(List.of(new Shape.Text("", 4_096), new Shape.Labels()));

  private static final Shape PATH = new Shape.Text("/.*", 1_000);
  private static final Shape ADDRESS = new Shape.Text("https?://.*", 2_000);
  private static final Shape CLAIM = new Shape.Text("", 200);

  static final Block REACHING_BACKUPS =
      Block.of(
          key("names", LINE, "(?i)backup|dump|snapshot", "An RE2 expression for their names."),
          key("reach", words(Reach.values()), "namespace", "How far a backup reaches."),
          key("predict", SWITCH, "on", "Whether the next one is worked out from the schedule."),
          key("margin", span("0s", "1d"), "15m", "How long before and after it nothing is done."));
  static final Block REACHING_DEPLOYMENTS =
      Block.of(
          key("reach", words(Reach.values()), "workload", "How far a rollout reaches."),
          key("helm", SWITCH, "off", "Whether Helm's release Secrets are looked at."));
  static final Block CONTEXT =
      Block.of(
          key(
              "backups",
              either(SWITCH, new Shape.Nested(REACHING_BACKUPS)),
              "on",
              "Backups that run or are due; they stop acts."),
          key(
              "deployments",
              either(SWITCH, new Shape.Nested(REACHING_DEPLOYMENTS)),
              "on",
              "Rollouts that are under way; they stop acts."),
          key("incidents", SWITCH, "on", "Whether an open security incident stops acts."));

  static final Block SCOPE =
      Block.of(
          key("namespaces", list(NAMESPACE), "*", "Where anything may be changed at all."),
          key(
              "neverNamespaces",
              new Shape.Items(NAMESPACE, 0, MOST_ITEMS),
              "kube-*, kubewicket, kubewicket-*",
              "Where nothing may be changed, whatever a rule says."));
  static final Block ENVIRONMENTS =
      Block.of(
          key(
              "other",
              SELECTOR,
              "env in (dev, development, test, testing, staging, sandbox)",
              "A selector over a namespace's labels; what it does not match is production."));
  static final Block NEVER =
      Block.of(
          required("kinds", list(KIND_OR_ALL), "Kinds such as Service; \"*\" for all."),
          key("tools", list(TOOL), "", "Write tools; all where it is missing."),
          key("namespaces", list(NAMESPACE), "", "Namespaces; all where it is missing."));

  static final Block WINDOW =
      Block.of(
          required("name", NAMED, "A name, unique among the windows."),
          required("mode", new Shape.Word(List.of("deny", "allow")), "Whether it closes or opens."),
          key(
              "days",
              list(new Shape.Text("(DAY)(-(DAY))?".replace("DAY", String.join("|", DAYS)), 7)),
              "",
              "Days of the week; with from and to."),
          key("from", time(), "", "The time of day at which it begins."),
          key("to", time(), "", "When it ends: the next day, if that is not after from."),
          key("schedule", new Shape.Text("", 200), "", "When it begins, as cron; with duration."),
          key("duration", span("1m", "31d"), "", "How long it lasts after each such moment."),
          key("start", moment(), "", "When it begins, once; with until."),
          key("until", moment(), "", "When it is over."),
          key("calendar", new Shape.Text("", 2_000), "", "An iCalendar file or https address."),
          key("maxStale", span("1m", "31d"), "24h", "How old a calendar may be at most."),
          key("zone", new Shape.Text("", 64), "UTC", "The time zone, such as Europe/Berlin."),
          key("namespaces", list(NAMESPACE), "", "Namespaces; all where it is missing."),
          key("kinds", list(KIND), "", "Kinds of workloads; all where it is missing."),
          key("tools", list(TOOL), "", "Write tools; all where it is missing."),
          key(
              "ceiling",
              new Shape.Word(List.of("never", "approve")),
              "never",
              "What may still happen while it is closed."),
          key("reason", LINE, "", "Why, for answers."));

  static final Block BLAST =
      Block.of(
          key("maxIncreasePercent", whole(0, 1_000), "25", "How much a workload may grow."),
          key("per", span("1m", "31d"), "1h", "In how long, from its replicas at the start."),
          key("maxReplicas", whole(0, 10_000), "20", "The most replicas, at every tier."),
          key("workloadsPerIncident", whole(1, 100), "1", "Workloads changed in one incident."),
          key("incidentWindow", span("1m", "31d"), "1h", "How long acts count as one incident."),
          key("stormPercent", whole(1, 100), "50", "From which share of unhealthy workloads on."),
          key("lastReplica", SWITCH, "on", "Whether the only replica needs a person."));
  static final Block ATTEMPTS =
      Block.of(
          key("max", whole(1, 100), "3", "Attempts on one workload before a person decides."),
          key("healthyFor", span("1m", "31d"), "1h", "Health after which they begin anew."));
  static final Block FREEZE =
      Block.of(key("denials", COUNT, "20/10m", "Refusals after which a caller is frozen."));
  static final Block NOTIFY =
      Block.of(
          key("webhook", new Shape.Text("", 2_000), "", "An https address; http on loopback."),
          key("file", new Shape.Text("/.*", 1_000), "", "A file by its absolute path."),
          key("hold", span("0s", "15m"), "60s", "How long the tier veto holds an act back."));
  static final Block VERIFY =
      Block.of(
          key("timeout", span("1s", "30m"), "2m", "How long an act may take to become healthy."),
          key("initialDelay", span("0s", "10m"), "0s", "How long nothing is concluded."),
          key("consecutive", whole(1, 20), "2", "How many looks in a row have to find it well."));

  static final Block REQUIREMENT =
      Block.of(
          required("expr", EXPRESSION, "A condition in CEL that must be true."),
          key("code", words(Reason.values()), "PRECONDITION_FALSE", "The refusal's code."),
          key("message", LINE, "", "What the refusal says."),
          key("sustainedFor", span("0s", "10m"), "0s", "How long it must be seen true."));
  static final Block SHADOW =
      Block.of(
          key("age", span("0s", "365d"), "7d", "How long the rule has to stand unchanged."),
          key("samples", whole(0, 1_000), "5", "How often it has to have spoken."));
  static final Block RULE =
      Block.of(
          required("name", NAMED, "A name, unique among the rules."),
          required("tools", list(TOOL), "Write tools. A preset supplies them."),
          required("namespaces", list(NAMESPACE), "Namespaces, or \"shop-*\", or \"*\"."),
          key("kinds", list(KIND), "", "Kinds; every kind of its tools where it is missing."),
          key("labels", SELECTOR, "", "A selector over the object's labels."),
          required("tier", words(Tier.values()), "What an agent may do without a person."),
          key("callers", list(new Shape.Text("", 200)), "", "Callers, or \"stdio:*\"."),
          key("environments", list(words(Environment.values())), "", "Where it speaks."),
          key("clusters", list(NAMED), "", "Clusters by name; all where it is missing."),
          key("when", EXPRESSION, "", "A condition in CEL for the rule to speak at all."),
          key(
              "require",
              new Shape.Items(either(EXPRESSION, new Shape.Nested(REQUIREMENT)), 1, 20),
              "",
              "Conditions in CEL that must all be true."),
          key("approvals", whole(1, 5), "1", "How many people have to approve."),
          key(
              "shadow",
              either(SWITCH, new Shape.Nested(SHADOW)),
              "",
              "How long it only records; on for autonomous tiers where it is missing."),
          key("preset", words(Preset.values()), "", "Supplies tools, kinds and conditions."));

  static final Block APPROVER =
      Block.of(
          required("name", NAMED, "A name, unique among the approvers."),
          required(
              "key",
              new Shape.Text("ed25519:[A-Za-z0-9+/]{43}=", 52),
              "The public key, as kubewicket key new prints it."),
          key("principals", list(new Shape.Text("", 200)), "", "Callers that are this person."));
  static final Block CLUSTER =
      Block.of(
          required("name", NAMED, "A name, unique among the clusters."),
          key(
              "kubeconfig",
              new Shape.Text("/.*", 1_000),
              "",
              "A kubeconfig file by its absolute path; where it is missing, as kubectl finds it."),
          key("context", new Shape.Text("", 253), "", "A context; else the file's current one."),
          key("inCluster", SWITCH, "off", "Whether it is the cluster that the server runs in."));
  static final Block ANSWERS =
      Block.of(key("maxBytes", whole(1_024, 262_144), "8192", "The byte budget of one answer."));
  static final Block APPROVALS =
      Block.of(
          key("ttl", span("1m", "4h"), "15m", "How long a request and its approval live."),
          key("maxPending", whole(1, 100), "5", "How many requests of a caller may wait."));
  static final Block TLS =
      Block.of(
          required("certificate", PATH, "A PEM file, the server's certificate first."),
          required("key", PATH, "A PEM file with its private key."),
          key("clientCa", PATH, "", "A PEM file: who issues the certificates of clients."));
  static final Block SCOPES =
      Block.of(
          key("read", list(CLAIM), "kubewicket:read", "Scopes that let a caller read."),
          key("write", list(CLAIM), "kubewicket:write", "Scopes that let it ask for changes."));
  static final Block OAUTH =
      Block.of(
          required("name", NAMED, "A name, unique among the issuers."),
          required("issuer", ADDRESS, "What iss has to be, to the letter."),
          key("audience", LINE, "", "What aud has to hold; publicUrl where it is missing."),
          required("jwks", new Shape.Text("", 2_000), "An https address or an absolute path."),
          key(
              "algorithms",
              list(new Shape.Word(OauthSettings.ALGORITHMS)),
              String.join(", ", OauthSettings.USUAL_ALGORITHMS),
              "The signatures that are taken."),
          key("subjectClaim", CLAIM, "sub", "The claim that names the caller."),
          key("groupsClaim", CLAIM, "groups", "The claim with its groups."),
          key("scopeClaim", CLAIM, "scope", "The claim with the token's scopes."),
          nested("scopes", SCOPES, "Which scopes let a caller do what."));
  static final Block SERVICE_ACCOUNTS =
      Block.of(
          required("audience", LINE, "What their tokens have to be issued for."),
          key("write", list(LINE), "", "Who may ask for changes, as namespace/name."));
  static final Block CERTIFICATES =
      Block.of(
          key(
              "name",
              words(CertificateSettings.Name.values()),
              "",
              "Which name counts; cn if missing."),
          key("write", list(LINE), "", "Names that may ask for changes."));
  static final Block HTTP =
      Block.of(
          key("publicUrl", ADDRESS, "", "The address that clients use."),
          key(
              "allowedOrigins",
              new Shape.Items(ADDRESS, 0, MOST_ITEMS),
              "",
              "Origins of browsers that may call."),
          key(
              "allowedHosts",
              new Shape.Items(new Shape.Text("[a-z0-9.:\\[\\]-]+", 253), 0, MOST_ITEMS),
              "",
              "Names by which it may be called."),
          nested("tls", TLS, "The server's certificate."),
          key("tokens", SWITCH, "on", "Whether tokens of kubewicket token are taken."),
          blocks("oauth", OAUTH, "Issuers whose JWTs are taken."),
          nested("serviceAccounts", SERVICE_ACCOUNTS, "Takes tokens of ServiceAccounts."),
          nested("certificates", CERTIFICATES, "Callers with a client certificate."));

  static final Block IMPERSONATE =
      Block.of(
          required("user", LINE, "A user; {name} stands for the caller."),
          key("groups", list(LINE), "", "Groups; {groups} stands for the caller's."));
  static final Block CALLER =
      Block.of(
          required("match", list(new Shape.Text("", 200)), "Callers, or groups as group:sre."),
          key("tools", list(new Shape.Text("[a-z_0-9]*\\*?", 100)), "*", "Tools."),
          key("clusters", list(NAMESPACE), "*", "Clusters."),
          key("namespaces", list(NAMESPACE), "*", "Namespaces."),
          key("maxTier", words(Tier.values()), "auto", "The most that a tier comes to."),
          nested("impersonate", IMPERSONATE, "As whom Kubernetes is asked."));

  static final Block BUDGETS = budgets();

  /// The keys of the file itself.
  static final Block FILE =
      Block.of(
          required("apiVersion", new Shape.Word(List.of(PolicyReader.API_VERSION)), "The version."),
          key(
              "tools",
              new Shape.Items(TOOL, 0, MOST_ITEMS),
              "",
              "The read tools that agents see; all where it is missing."),
          nested("answers", ANSWERS, "How long an answer may be."),
          blocks("rules", RULE, "The first that matches decides; no match is no."),
          nested("budgets", BUDGETS, "At most so many acts in any window."),
          nested("approvals", APPROVALS, "How long approvals live."),
          nested("verify", VERIFY, "How an act is verified."),
          blocks("approvers", APPROVER, "The people who approve."),
          key("paused", LINE, "", "Why nothing may be written at the moment."),
          nested("scope", SCOPE, "Where anything may be changed at all."),
          nested("environments", ENVIRONMENTS, "Which namespaces are not production."),
          blocks("never", NEVER, "What nobody may change, besides what is compiled in."),
          blocks("unsafeAllow", NEVER, "What is taken out of the compiled-in list."),
          nested("context", CONTEXT, "What is looked for around a target."),
          blocks("windows", WINDOW, "When acts are allowed, and when not."),
          nested("blastRadius", BLAST, "How far an act may reach."),
          nested("attempts", ATTEMPTS, "How often an agent may try."),
          key("novelty", SWITCH, "on", "Whether what was never done before needs approval."),
          key("nativeHealing", SWITCH, "on", "Whether a workload needs probes to be acted on."),
          nested("freeze", FREEZE, "When a caller is frozen."),
          nested("notify", NOTIFY, "Where people are told."),
          nested("http", HTTP, "How it is called over HTTP, and who may call."),
          blocks("callers", CALLER, "Who may do what at most; the first that matches holds."),
          blocks(
              "clusters", CLUSTER, "The clusters; one as kubectl finds it where it is missing."));

  private Keys() {}

  /// The words of an enum, as the file spells them: a reason's code stays as it is, everything else
  /// is in lower case with dashes.
  static Shape.Word words(Enum<?>[] values) {
    List<String> words = new ArrayList<>();
    for (Enum<?> value : values) {
      words.add(
          value instanceof Reason
              ? value.name()
              : value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return new Shape.Word(words);
  }

  private static Block budgets() {
    List<Block.Key> keys = new ArrayList<>();
    for (ChangeClass changeClass : ChangeClass.values()) {
      List<Block.Key> scopes = new ArrayList<>();
      for (Budget budget : BudgetReader.defaults()) {
        if (budget.changeClass() == changeClass) {
          String about = "At most so many acts per " + budget.scope().word() + ".";
          scopes.add(key(budget.scope().word(), COUNT, budget.limit(), about));
        }
      }
      keys.add(
          nested(changeClass.word(), new Block(scopes), "Budgets of this class, such as 3/1h."));
    }
    keys.add(key("podMinAge", span("0s", "31d"), "1h", "How old a pod is before a restart."));
    keys.add(key("countExternal", SWITCH, "off", "Whether restarts by others count."));
    return new Block(keys);
  }

  private static Block.Key key(String name, Shape shape, String usual, String about) {
    return new Block.Key(name, shape, false, usual, about);
  }

  private static Block.Key required(String name, Shape shape, String about) {
    return new Block.Key(name, shape, true, "", about);
  }

  private static Block.Key nested(String name, Block block, String about) {
    return new Block.Key(name, new Shape.Nested(block), false, "", about);
  }

  private static Block.Key blocks(String name, Block block, String about) {
    return new Block.Key(
        name, new Shape.Items(new Shape.Nested(block), 0, MOST_ITEMS), false, "", about);
  }

  private static Shape list(Shape item) {
    return new Shape.Items(item, 1, MOST_ITEMS);
  }

  private static Shape either(Shape... shapes) {
    return new Shape.Either(Arrays.asList(shapes));
  }

  private static Shape whole(int min, int max) {
    return new Shape.Whole(min, max);
  }

  private static Shape span(String min, String max) {
    return new Shape.Span(min, max);
  }

  private static Shape time() {
    return new Shape.Text("([01][0-9]|2[0-3]):[0-5][0-9]|24:00", 5);
  }

  private static Shape moment() {
    return new Shape.Text("[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?", 40);
  }
}
