package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.policy.ledger.AuditReport;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerExport;
import io.github.kubewicket.server.cluster.Untrusted;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Reads the ledger.
@Command(
    name = "audit",
    description = "Verify, show or export the ledger.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Show.class, AuditCommand.Export.class})
final class AuditCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Override
  public Integer call() {
    return new Verify(this).call();
  }

  private Kubewicket parent() {
    return Parents.of(kubewicket);
  }

  /// Proves that nobody changed the ledger, or says where somebody did.
  @Command(
      name = "verify",
      description = "Check every entry, signature and reference; exit 1 if anything is wrong.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    private static final String MARK = "kubewicket-checkpoint/";

    @ParentCommand private @Nullable AuditCommand audit;

    @Option(
        names = "--checkpoints",
        paramLabel = "FILE",
        description =
            "A log with checkpoint lines that were kept elsewhere, such as the server's stderr.")
    private @Nullable Path checkpoints;

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "The installation's public key as you noted it: ed25519:…")
    private @Nullable String key;

    Verify() {}

    private Verify(AuditCommand audit) {
      this.audit = audit;
    }

    @Override
    public Integer call() {
      Kubewicket parent = Parents.of(audit).parent();
      Optional<PublicKeyText> trusted = Optional.ofNullable(key).flatMap(PublicKeyText::parse);
      if (key != null && trusted.isEmpty()) {
        System.err.println("kubewicket: --key is not a public key (ed25519: and base64).");
        return 2;
      }
      List<String> witnesses;
      try {
        witnesses = checkpoints == null ? List.of() : witnesses(checkpoints);
      } catch (IOException e) {
        System.err.println("kubewicket: " + checkpoints + " cannot be read.");
        return 2;
      }
      AuditReport report = parent.places().shelf().audit(trusted, witnesses);
      report
          .findings()
          .forEach(finding -> parent.out().println(Untrusted.line(finding.message(), 1_000)));
      if (report.omitted() > 0) {
        parent.out().println("… and " + report.omitted() + " more");
      }
      parent
          .out()
          .println(
              (report.whole() ? "whole: " : "NOT WHOLE: ")
                  + report.entries()
                  + " entries, "
                  + report.checkpoints()
                  + " checkpoints, head "
                  + report.head());
      return report.whole() ? 0 : 1;
    }

    private static List<String> witnesses(Path log) throws IOException {
      try (var lines = Files.lines(log)) {
        return lines
            .map(line -> line.indexOf(MARK) < 0 ? "" : line.substring(line.indexOf(MARK)))
            .filter(line -> !line.isEmpty())
            .toList();
      }
    }
  }

  /// Shows the newest entries.
  @Command(
      name = "show",
      description = "Show the newest entries, oldest first.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    /// Entries that are about no single change: whom or what they concern, who wrote them, and why.
    private static final Set<EntryType> BY_WHOM =
        EnumSet.of(
            EntryType.PAUSED,
            EntryType.RESUMED,
            EntryType.FROZEN,
            EntryType.RELEASED,
            EntryType.RULE,
            EntryType.REJECTED,
            EntryType.REVOKED,
            EntryType.TOKEN_ISSUED,
            EntryType.TOKEN_REVOKED);

    @ParentCommand private @Nullable AuditCommand audit;

    @Option(
        names = {"-n", "--last"},
        paramLabel = "N",
        defaultValue = "20",
        description = "How many; default: ${DEFAULT-VALUE}.")
    private int last;

    @Override
    public Integer call() {
      Kubewicket parent = Parents.of(audit).parent();
      try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
        wiring
            .ledger()
            .read(view -> {
              long newest = view.last().map(Entry::seq).orElse(0L);
              long from = Math.max(1, newest - Math.max(1, last) + 1);
              view.forEach(from, entry -> parent.out().println(line(entry)));
              return newest;
            });
        return 0;
      }
    }

    /// One entry as a line; what people, agents and clusters wrote cannot break out of it.
    static String line(Entry entry) {
      StringBuilder line = new StringBuilder();
      for (String field :
          List.of(
              "changeId",
              "requestId",
              "caller",
              "tool",
              "target",
              "code",
              "approver",
              "result",
              "message")) {
        if (!entry.text(field).isEmpty()) {
          line.append("  ").append(field).append('=').append(entry.text(field));
        }
      }
      if (BY_WHOM.contains(entry.type())) {
        for (String field : List.of("subject", "name", "rule", "by")) {
          if (!entry.text(field).isEmpty()) {
            line.append("  ").append(field).append('=').append(entry.text(field));
          }
        }
        if (!entry.text("reason").isEmpty()) {
          // In quotes, so that no reason looks like another field.
          line.append("  reason=\"").append(entry.text("reason").replace('"', '\'')).append('"');
        }
      }
      String target = entry.body().path("target").path("name").asString("");
      if (!target.isEmpty()) {
        line.append("  target=")
            .append(entry.body().path("target").path("kind").asString(""))
            .append('/')
            .append(target);
      }
      return String.format(
              "%6d  %s  %-9s  %s",
              entry.seq(),
              entry.at(),
              entry.type().word(),
              Untrusted.line(line.toString().strip(), 400))
          .stripTrailing();
    }
  }

  /// Prints every entry for other programs.
  @Command(
      name = "export",
      description = "Print every entry as one line of JSON.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @ParentCommand private @Nullable AuditCommand audit;

    @Option(
        names = "--from",
        paramLabel = "SEQ",
        defaultValue = "1",
        description = "The first entry; default: ${DEFAULT-VALUE}.")
    private long from;

    @Override
    public Integer call() {
      Kubewicket parent = Parents.of(audit).parent();
      try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
        PrintStream out = parent.out();
        wiring
            .ledger()
            .read(view -> {
              LedgerExport.write(view, from, out);
              return 0;
            });
        return out.checkError() ? 1 : 0;
      }
    }
  }
}
