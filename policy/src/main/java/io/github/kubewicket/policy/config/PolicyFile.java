package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.config.Loaded.Invalid;
import io.github.kubewicket.policy.config.Loaded.Valid;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Loads `tools.yaml`. Whatever is wrong becomes a [Problem] with its place; one problem and there
/// is no policy. Never throws for what a file holds.
public final class PolicyFile {
  private final KnownTools known;

  /// A loader for policies over these tools.
  public PolicyFile(KnownTools known) {
    this.known = known;
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
        PolicyReader.VERIFY_TIMEOUT);
  }

  /// Reads the file. A missing, unreadable or larger file than 1 MiB is a problem at line 1.
  public Loaded load(Path file) {
    return check(file).loaded();
  }

  /// Reads the bytes.
  ///
  /// @param file the name that problems carry
  public Loaded load(String file, byte[] bytes) {
    return check(file, bytes).loaded();
  }

  /// Reads the file and also says what in it is right but probably not meant.
  public Checked check(Path file) {
    return check(file.toString(), PolicyBytes.of(file));
  }

  /// Reads the bytes and also says what in them is right but probably not meant.
  ///
  /// @param file the name that problems carry
  public Checked check(String file, byte[] bytes) {
    return check(
        file,
        bytes.length > PolicyBytes.MOST
            ? new PolicyBytes.Unreadable(PolicyBytes.TOO_LARGE)
            : new PolicyBytes.Read(bytes));
  }

  Checked check(String file, PolicyBytes read) {
    Problems problems = new Problems(file);
    return switch (read) {
      case PolicyBytes.Unreadable(String message) -> {
        problems.add(Yaml.Place.START, "", message);
        yield new Checked(new Invalid(problems.inFileOrder()), List.of());
      }
      case PolicyBytes.Read(byte[] bytes) -> {
        Optional<PolicyReader.Draft> draft = draft(bytes, problems);
        yield problems.count() > 0 || draft.isEmpty()
            ? new Checked(new Invalid(problems.inFileOrder()), List.of())
            : new Checked(new Valid(draft.get().policy()), new Advice(file, known).on(draft.get()));
      }
    };
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
        .flatMap(
            it -> new PolicyReader(known).read(new Field(it, "", problems), Digests.sha256(bytes)));
  }
}
