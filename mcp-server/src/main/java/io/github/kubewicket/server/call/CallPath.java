package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.server.call.SharedReads.Question;
import io.github.kubewicket.server.catalogue.Bound;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.PolicyTool;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.cluster.CallTime;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one tool call from request to reply. There is no other way to the cluster, and no exception
/// leaves it.
public final class CallPath implements Calls, Views {
  private static final Logger LOG = LoggerFactory.getLogger(CallPath.class);
  private static final int DEFAULT_ANSWER_BYTES = 8_192;

  private final Catalogue catalogue;
  private final Supplier<Loaded> policies;
  private final Supplier<ClusterView> cluster;
  private final WritePath writes;
  private final SharedReads shared = new SharedReads();
  private volatile @Nullable Policy good;

  /// Calls these tools.
  ///
  /// @param policies the policy as the file says it now
  /// @param cluster connects at its first use
  public CallPath(
      Catalogue catalogue,
      Supplier<Loaded> policies,
      Supplier<ClusterView> cluster,
      WritePath writes) {
    this.catalogue = catalogue;
    this.policies = policies;
    this.cluster = cluster;
    this.writes = writes;
  }

  @Override
  public List<Tool> listed(Caller caller) {
    Loaded loaded = policies.get();
    CallerRights rights = rights(caller, loaded);
    return catalogue.tools().stream()
        .filter(tool -> exists(tool, loaded) && rights.sees(tool))
        .toList();
  }

  @Override
  public Reply run(Request request) {
    try {
      return catalogue
          .find(request.tool())
          .map(tool -> run(request, tool))
          .orElseGet(() -> Replies.refused(notEnabled(request.tool())));
    } catch (ClusterException e) {
      return Replies.refused(e.denial());
    } catch (LedgerException e) {
      return Replies.refused(
          Denial.of(
              Reason.AUDIT_UNAVAILABLE,
              "The ledger cannot be used, so nothing is done: " + e.getMessage(),
              "Ask an operator to run `kubewicket doctor`."));
    } catch (RuntimeException e) {
      // The one place where bugs end. The caller learns nothing of them but that the answer is no.
      LOG.error("tool={} failed", request.tool(), e);
      return Replies.refused(
          Denial.of(
              Reason.INTERNAL,
              "Something in Kubewicket failed, so nothing was done.",
              "Tell an operator; the server's log has the details."));
    }
  }

  /// Where a caller, or an operator on a caller's behalf, may ask what would happen.
  public PolicyDesk desk(Caller caller) {
    return writes.desk(catalogue, caller, () -> rights(caller));
  }

  /// What this caller may do and see now.
  public CallerRights rights(Caller caller) {
    return rights(caller, policies.get());
  }

  private CallerRights rights(Caller caller, Loaded loaded) {
    return new CallerRights(caller, lastGood(loaded));
  }

  @Override
  public boolean has(Caller caller, String tool) {
    return catalogue.find(tool).filter(found -> exists(found, policies.get())).isPresent();
  }

  @Override
  public <T> T look(Caller caller, String tool, Function<ClusterView, T> question) {
    if (!has(caller, tool)) {
      Denial denial = notEnabled(tool);
      throw new ClusterException(denial.code(), denial.message(), denial.hint());
    }
    return CallTime.within(() -> question.apply(cluster.get()));
  }

  @Override
  public int answerBytes() {
    return answerBytes(policies.get());
  }

  private Reply run(Request request, Tool tool) {
    return switch (tool) {
      case ReadTool<?> read -> read(request, read);
      case PolicyTool<?> policy -> tell(request, policy);
      case WriteTool<?> write -> write(request, write);
    };
  }

  private <A> Reply tell(Request request, PolicyTool<A> tool) {
    Loaded loaded = policies.get();
    if (!exists(tool, loaded)) {
      return Replies.refused(notEnabled(tool.name()));
    }
    Optional<Denial> refusal = rights(request.caller(), loaded).refusal(tool);
    if (refusal.isPresent()) {
      return Replies.refused(refusal.get());
    }
    return switch (tool.input().bind(request.arguments())) {
      case Bound.Invalid<A>(String message) -> Replies.refused(badArguments(message));
      case Bound.Ready<A>(A arguments) ->
          tool.answer(arguments, desk(request.caller()), answerBytes(loaded));
    };
  }

  private <A> Reply read(Request request, ReadTool<A> tool) {
    Loaded loaded = policies.get();
    if (!exists(tool, loaded)) {
      return Replies.refused(notEnabled(tool.name()));
    }
    CallerRights rights = rights(request.caller(), loaded);
    Optional<Denial> refusal = rights.refusal(tool);
    if (refusal.isPresent()) {
      return Replies.refused(refusal.get());
    }
    return switch (tool.input().bind(request.arguments())) {
      case Bound.Invalid<A>(String message) -> Replies.refused(badArguments(message));
      case Bound.Ready<A>(A arguments) -> {
        String digest = lastGood(loaded).map(Policy::digest).orElse("");
        yield shared(
            new Question(request.caller(), digest, tool.name(), request.arguments()),
            () -> tool.read(arguments, rights.over(cluster.get()), answerBytes(loaded)));
      }
    };
  }

  /// Together with those who ask the same now.
  private Reply shared(Question question, Supplier<Reply> read) {
    try {
      return shared.answer(question, () -> within(read));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Replies.refused(
          Denial.of(Reason.CANCELLED, "The call was cancelled.", "Call again."));
    }
  }

  private static Reply within(Supplier<Reply> read) {
    try {
      return CallTime.within(read::get);
    } catch (ClusterException e) {
      return Replies.refused(e.denial());
    }
  }

  // The gate asks for the caller's rights itself, and writes a refusal down.
  private <A> Reply write(Request request, WriteTool<A> tool) {
    return switch (tool.input().bind(request.arguments())) {
      case Bound.Invalid<A>(String message) -> Replies.refused(badArguments(message));
      case Bound.Ready<A>(A arguments) ->
          writes.run(request, tool.name(), tool.changeClass(), tool.plan(arguments));
    };
  }

  /// A file that does not load closes writes, and leaves reads as the last good one had them.
  private boolean exists(Tool tool, Loaded loaded) {
    return switch (tool) {
      case ReadTool<?> _, PolicyTool<?> _ ->
          lastGood(loaded).map(policy -> policy.tools().contains(tool.name())).orElse(true);
      case WriteTool<?> write ->
          switch (loaded) {
            case Loaded.Invalid _ -> false;
            case Loaded.Valid valid -> valid.policy().enables(write.name());
          };
    };
  }

  private int answerBytes(Loaded loaded) {
    return lastGood(loaded).map(Policy::answerBytes).orElse(DEFAULT_ANSWER_BYTES);
  }

  private Optional<Policy> lastGood(Loaded loaded) {
    if (loaded instanceof Loaded.Valid(Policy policy)) {
      good = policy;
    }
    return Optional.ofNullable(good);
  }

  private static Denial badArguments(String message) {
    return Denial.of(Reason.BAD_ARGS, message, "Correct the arguments and call again.");
  }

  private static Denial notEnabled(String tool) {
    String clean = tool.replaceAll("[^\\x20-\\x7e]", "?");
    return Denial.of(
        Reason.TOOL_NOT_ENABLED,
        "There is no tool called "
            + (clean.length() > 60 ? clean.substring(0, 60) : clean)
            + " here.",
        "Use one of the tools that tools/list names.");
  }
}
