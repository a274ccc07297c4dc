package io.github.kubewicket.policy.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.settings.AttemptSettings;
import io.github.kubewicket.policy.settings.BlastSettings;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.policy.settings.FreezeSettings;
import io.github.kubewicket.policy.settings.Guardrails;
import io.github.kubewicket.policy.settings.ScopeSettings;
import io.github.kubewicket.policy.settings.VerifySettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads what holds for every rule, over the defaults.
final class GuardrailReader {
  private static final List<String> SWITCHES = List.of("on", "off", "true", "false", "yes", "no");
  private static final String REFUSALS = "refusals such as 20/10m: 1 to 1000 in 1s to 31d";

  private final KnownTools known;

  GuardrailReader(KnownTools known) {
    this.known = known;
  }

  /// The guardrails.
  ///
  /// @param file the keys of the whole file
  /// @param budgets those of `budgets`, where they stand
  Guardrails read(Fields file, Optional<Fields> budgets) {
    Guardrails usual = Guardrails.usual();
    NeverReader never = new NeverReader(known);
    return new Guardrails(
        file.get("paused").flatMap(GuardrailReader::paused),
        file.block("scope", "{namespaces: [shop]}")
            .map(GuardrailReader::scope)
            .orElse(usual.scope()),
        file.block("environments", "{other: env=dev}")
            .flatMap(keys -> keys.get("other"))
            .flatMap(GuardrailReader::nonProduction)
            .orElse(usual.nonProduction()),
        file.getUnlessEmpty("never").map(it -> never.read(it, true)).orElse(List.of()),
        file.getUnlessEmpty("unsafeAllow").map(it -> never.read(it, false)).orElse(List.of()),
        file.block("context", "{incidents: on}").map(this::context).orElse(usual.context()),
        file.getUnlessEmpty("windows").map(new WindowReader(known)::read).orElse(List.of()),
        file.block("blastRadius", "{maxReplicas: 20}").map(this::blast).orElse(usual.blast()),
        file.block("attempts", "{max: 3}").map(this::attempts).orElse(usual.attempts()),
        file.onOff("novelty").orElse(usual.novelty()),
        file.onOff("nativeHealing").orElse(usual.nativeHealing()),
        file.block("freeze", "{denials: 20/10m}")
            .flatMap(keys -> keys.getUnlessEmpty("denials"))
            .flatMap(it -> BudgetReader.rate(it, REFUSALS, 1))
            .map(rate -> new FreezeSettings(rate.max(), rate.window()))
            .orElse(usual.freeze()),
        budgets.flatMap(keys -> keys.duration("podMinAge")).orElse(usual.podMinAge()),
        budgets.flatMap(keys -> keys.onOff("countExternal")).orElse(usual.countExternal()),
        file.block("notify", "{webhook: \"https://chat.example.com/hook\"}")
            .map(NotifyReader::read)
            .orElse(usual.notifier()),
        verify(file));
  }

  // A switch here is read as a switch by people, and "off" would pause.
  private static Optional<String> paused(Field field) {
    String what = "the reason why nothing may be written, such as \"database migration\"";
    Optional<String> reason = field.sentence(what, Keys.LONGEST_LINE);
    return reason.isPresent() && SWITCHES.contains(reason.get().toLowerCase(Locale.ROOT))
        ? field.unexpected(what, "; remove the key where nothing is paused.")
        : reason;
  }

  private static ScopeSettings scope(Fields keys) {
    return new ScopeSettings(
        keys.get("namespaces").map(NameLists::namespaces).orElse(ScopeSettings.USUAL.namespaces()),
        keys.get("neverNamespaces")
            .map(GuardrailReader::neverNamespaces)
            .orElse(ScopeSettings.USUAL.neverNamespaces()));
  }

  private static List<String> neverNamespaces(Field field) {
    return field.value() instanceof Yaml.Sequence(List<Yaml> items, var _) && items.isEmpty()
        ? List.of()
        : NameLists.namespaces(field);
  }

  private static Optional<LabelSelector> nonProduction(Field field) {
    boolean isBlank =
        field.value() instanceof Yaml.Text(String text, boolean _, var _) && text.isBlank();
    boolean isEmpty =
        field.value() instanceof Yaml.Mapping(var entries, var _) && entries.isEmpty();
    return isBlank || isEmpty
        ? field.unexpected(
            "a selector over namespaces' labels, such as env in (dev, test)",
            "; an empty one would make nothing production.")
        : LabelReader.read(field);
  }

  private ContextSettings context(Fields keys) {
    ContextSettings usual = ContextSettings.USUAL;
    Optional<Field> backups = keys.getUnlessEmpty("backups");
    Optional<Fields> backup =
        backups.flatMap(it -> switched(it, "{reach: namespace}", Keys.REACHING_BACKUPS));
    Optional<Field> deployments = keys.getUnlessEmpty("deployments");
    Optional<Fields> deployment =
        deployments.flatMap(it -> switched(it, "{reach: workload}", Keys.REACHING_DEPLOYMENTS));
    return new ContextSettings(
        backups.filter(GuardrailReader::isOff).isEmpty(),
        backup
            .flatMap(it -> it.getUnlessEmpty("names"))
            .flatMap(GuardrailReader::pattern)
            .orElse(usual.backupNames()),
        reach(backup).orElse(usual.backupReach()),
        backup.flatMap(it -> it.onOff("predict")).orElse(usual.predictBackups()),
        backup.flatMap(it -> it.duration("margin")).orElse(usual.backupMargin()),
        deployments.filter(GuardrailReader::isOff).isPresent()
            ? Reach.OFF
            : reach(deployment).orElse(usual.deployments()),
        deployment.flatMap(it -> it.onOff("helm")).orElse(usual.helm()),
        keys.onOff("incidents").orElse(usual.incidents()));
  }

  private static boolean isOff(Field field) {
    return field.isWord("off", "false");
  }

  /// The keys behind something that may also be switched on and off as a whole.
  private static Optional<Fields> switched(Field field, String example, Block block) {
    return field.isWord("on", "off", "true", "false")
        ? Optional.empty()
        : field.fields("on, off, or keys with values such as " + example, block);
  }

  private static Optional<Reach> reach(Optional<Fields> keys) {
    return keys.flatMap(it -> it.getUnlessEmpty("reach"))
        .flatMap(it -> it.word(Keys.words(Reach.values()).words()))
        .map(word -> Reach.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> pattern(Field field) {
    Optional<String> text =
        field.sentence("an RE2 expression, such as (?i)backup|dump", Keys.LONGEST_LINE);
    try {
      text.ifPresent(Pattern::compile);
      return text;
    } catch (PatternSyntaxException e) {
      field.problem(
          "This is no RE2 expression: "
              + Quoted.harmless(e.getDescription())
              + "; mend it, or leave names out.");
      return Optional.empty();
    }
  }

  private BlastSettings blast(Fields keys) {
    BlastSettings usual = BlastSettings.USUAL;
    return new BlastSettings(
        keys.wholeNumber("maxIncreasePercent").orElse(usual.maxIncreasePercent()),
        keys.duration("per").orElse(usual.per()),
        keys.wholeNumber("maxReplicas").orElse(usual.maxReplicas()),
        keys.wholeNumber("workloadsPerIncident").orElse(usual.workloadsPerIncident()),
        keys.duration("incidentWindow").orElse(usual.incidentWindow()),
        keys.wholeNumber("stormPercent").orElse(usual.stormPercent()),
        keys.onOff("lastReplica").orElse(usual.lastReplica()));
  }

  private AttemptSettings attempts(Fields keys) {
    return new AttemptSettings(
        keys.wholeNumber("max").orElse(AttemptSettings.USUAL.max()),
        keys.duration("healthyFor").orElse(AttemptSettings.USUAL.healthyFor()));
  }

  private static VerifySettings verify(Fields file) {
    VerifySettings usual = VerifySettings.USUAL;
    Optional<Fields> keys = file.block("verify", "{timeout: 2m}");
    VerifySettings verify =
        new VerifySettings(
            keys.flatMap(it -> it.duration("timeout")).orElse(usual.timeout()),
            keys.flatMap(it -> it.duration("initialDelay")).orElse(usual.initialDelay()),
            keys.flatMap(it -> it.wholeNumber("consecutive")).orElse(usual.consecutive()));
    if (verify.initialDelay().compareTo(verify.timeout()) >= 0) {
      keys.flatMap(it -> it.get("initialDelay").or(() -> it.get("timeout")))
          .ifPresent(at ->
              at.problem(
                  "The initial delay is not shorter than the timeout, so nothing could ever be"
                      + " verified; make one shorter or the other longer."));
    }
    return verify;
  }
}
