package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.canonical.Digests;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.Loaded.Invalid;
import io.github.kubewicket.policy.config.Loaded.Valid;
import io.github.kubewicket.policy.settings.Guardrails;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Loads `tools.yaml`. Whatever is wrong becomes a [Problem] with its place; one problem and there
/// is no policy. Never throws for what a file holds.
public final class PolicyFile {
  private final KnownTools known;
  private final Conditions conditions;

  /// A loader for policies over these tools, in which no rule may have a condition.
  public PolicyFile(KnownTools known) {
    this(known, Conditions.none());
  }

  /// A loader for policies over these tools.
  ///
  /// @param conditions finds the faults in the rules' conditions
  public PolicyFile(KnownTools known, Conditions conditions) {
    this.known = known;
    this.conditions = conditions;
  }

  /// The policy of a server that may only read: these read tools, no rule, no approver, defaults
  /// otherwise. Its digest is the one of an empty file, which no valid file has.
  public static Policy readOnly(List<String> readTools) {
    return new Policy(
        Digests.sha256(new byte[0]),
        readTools,
        PolicyReader.ANSWER_BYTES,
        List.of(),
        BudgetReader.defaults(),
        List.of(),
        PolicyReader.APPROVAL_TTL,
        PolicyReader.MAX_PENDING,
        Guardrails.usual(),
        List.of());
  }

  /// Reads the file. A missing, unreadable or larger file than 1 MiB is a problem at line 1.
  public Loaded load(Path file) {
    return load(file.toString(), PolicyBytes.of(file));
  }

  /// Reads the bytes.
  ///
  /// @param file the name that problems carry
  public Loaded load(String file, byte[] bytes) {
    return load(file, PolicyBytes.of(bytes));
  }

  /// Reads the file and also says what in it is right but probably not meant.
  public Checked check(Path file) {
    return check(file.toString(), PolicyBytes.of(file));
  }

  /// Reads the bytes and also says what in them is right but probably not meant.
  ///
  /// @param file the name that problems carry
  public Checked check(String file, byte[] bytes) {
    return check(file, PolicyBytes.of(bytes));
  }

  Loaded load(String file, PolicyBytes read) {
    Problems problems = new Problems(file);
    return loaded(draft(read, problems), problems);
  }

  private Checked check(String file, PolicyBytes read) {
    Problems problems = new Problems(file);
    Optional<PolicyReader.Draft> draft = draft(read, problems);
    Loaded loaded = loaded(draft, problems);
    return new Checked(
        loaded,
        loaded instanceof Valid
            ? draft.map(new Advice(file, known)::on).orElse(List.of())
            : List.of());
  }

  private static Loaded loaded(Optional<PolicyReader.Draft> draft, Problems problems) {
    return problems.count() > 0 || draft.isEmpty()
        ? new Invalid(problems.inFileOrder())
        : new Valid(draft.get().policy());
  }

  private Optional<PolicyReader.Draft> draft(PolicyBytes read, Problems problems) {
    if (read instanceof PolicyBytes.Read(byte[] bytes)) {
      return draft(bytes, problems);
    }
    if (read instanceof PolicyBytes.Unreadable(String message)) {
      problems.add(Yaml.Place.START, "", message);
    }
    return Optional.empty();
  }

  private Optional<PolicyReader.Draft> draft(byte[] bytes, Problems problems) {
    Optional<String> text = PolicyText.decode(bytes, problems);
    Optional<Yaml> root = text.flatMap(it -> YamlReader.read(it, problems));
    if (problems.count() == 0 && root.filter(it -> !it.isNothing()).isEmpty()) {
      problems.add(
          Yaml.Place.START,
          "",
          "The file is empty; start it with apiVersion: " + PolicyReader.API_VERSION + ".");
    }
    return root.filter(it -> !it.isNothing())
        .flatMap(it ->
            new PolicyReader(known, conditions)
                .read(new Field(it, "", problems), Digests.sha256(bytes)));
  }
}
