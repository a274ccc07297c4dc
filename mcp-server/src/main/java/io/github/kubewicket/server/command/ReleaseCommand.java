package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.server.cluster.Untrusted;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// Releases a caller that was frozen, or begins a workload's attempts anew.
@Command(
    name = "release",
    description = "Release a frozen caller, or begin a workload's attempts anew.",
    mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern WORKLOAD =
      Pattern.compile(LABEL + "/[A-Z][A-Za-z0-9]{0,62}/" + LABEL + "(\\." + LABEL + ")*");
  private static final int LONGEST_CALLER = 256;

  @ParentCommand private @Nullable Kubewicket kubewicket;

  @ArgGroup(multiplicity = "1")
  private Whom whom = new Whom();

  /// Exactly one of them.
  static final class Whom {
    @Parameters(
        paramLabel = "CALLER",
        description = "The caller's name as the refusals spell it, such as stdio:agent.")
    private @Nullable String caller;

    @Option(
        names = "--workload",
        paramLabel = "NS/KIND/NAME",
        description = "Such as shop/Deployment/web.")
    private @Nullable String workload;
  }

  @Override
  public Integer call() {
    String subject = whom.workload != null ? whom.workload : Parents.of(whom.caller);
    if (whom.workload != null && !WORKLOAD.matcher(subject).matches()) {
      System.err.println(
          "kubewicket: --workload is a namespace, a kind and a name, such as shop/Deployment/web.");
      return 2;
    }
    if (subject.isBlank() || subject.equals(Notices.ALL) || subject.length() > LONGEST_CALLER) {
      System.err.println("kubewicket: that is not the name of a caller.");
      return 2;
    }
    return Desk.record(
        Parents.of(kubewicket),
        EntryType.RELEASED,
        subject,
        ledger -> situation(ledger, subject, whom.workload == null),
        "Why may it begin anew? ",
        "Released.");
  }

  private static String situation(LedgerView ledger, String subject, boolean isCaller) {
    String shown = Untrusted.line(subject, LONGEST_CALLER);
    StringBuilder text = new StringBuilder();
    ledger
        .about(EntryType.RELEASED, subject, Instant.EPOCH, 1)
        .forEach(entry -> text.append(Notices.line(shown + " has begun anew", entry)));
    if (isCaller) {
      text.append(
          ledger.about(EntryType.FROZEN, subject, Instant.EPOCH, 1).stream()
              .map(entry -> shown + " was frozen last at " + entry.at() + ".\n")
              .findFirst()
              .orElse("The ledger has not seen that " + shown + " was frozen.\n"));
    } else {
      text.append("The attempts on ").append(shown).append(" begin anew.\n");
    }
    return text.toString();
  }
}
