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
  private final ClusterDesks desks;
  private final WritePath writes;
  private final SharedReads shared = new SharedReads();
  private volatile @Nullable Policy good;

  /// Calls these tools.
  ///
  /// @param policies the policy as the file says it now
  /// @param desks the clusters; each connects at its first use
  public CallPath(
      Catalogue catalogue, Supplier<Loaded> policies, ClusterDesks desks, WritePath writes) {
    this.catalogue = catalogue;
    this.policies = policies;
    this.desks = desks;
    this.writes = writes;
  }

  @Override
  public List<Tool> listed(Caller caller) {
    Loaded loaded = policies.get();
    CallerRights rights = rights(caller, loaded);
    List<Tool> tools =
        catalogue.tools().stream()
            .filter(tool -> exists(tool, loaded) && rights.sees(tool))
            .toList();
    if (!desks.several()) {
      return tools;
    }
    List<String> clusters = desks.names(caller);
    return clusters.isEmpty()
        ? List.of()
        : tools.stream().map(tool -> Addressed.to(clusters, tool)).toList();
  }

  @Override
  public Reply run(Request request) {
    Reply reply = answered(request);
    String cluster = request.arguments().path(Addressed.CLUSTER).asString("");
    return desks.several() && desks.names(request.caller()).contains(cluster)
        ? catalogue
            .find(request.tool())
            .map(tool -> Addressed.told(reply, tool, cluster))
            .orElse(reply)
        : reply;
  }

  private Reply answered(Request request) {
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
  ///
  /// @param cluster its name; empty where there is only one
  public PolicyDesk desk(String cluster, Caller caller) {
    return writes.desk(catalogue, desks.at(cluster, caller), caller, () -> rights(caller));
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
    Loaded loaded = policies.get();
    return catalogue
        .find(tool)
        .filter(found -> exists(found, loaded) && rights(caller, loaded).sees(found))
        .isPresent();
  }

  @Override
  public boolean several() {
    return desks.several();
  }

  @Override
  public List<String> clusters(Caller caller) {
    return desks.names(caller);
  }

  @Override
  public <T> T look(Caller caller, String cluster, String tool, Function<ClusterView, T> question) {
    if (!has(caller, tool)) {
      Denial denial = notEnabled(tool);
      throw new ClusterException(denial.code(), denial.message(), denial.hint());
    }
    CallerRights rights = rights(caller);
    ClusterDesk desk = desks.at(cluster, caller);
    return CallTime.within(() -> question.apply(rights.over(desk.view().get())));
  }

  @Override
  public int answerBytes() {
    return answerBytes(policies.get(), "");
  }

  private Reply run(Request request, Tool tool) {
    if (!desks.several()) {
      return run(request, tool, "");
    }
    // What it says is checked with the other arguments; until then it chooses nothing.
    String cluster = request.arguments().path(Addressed.CLUSTER).asString("");
    return run(request, Addressed.to(desks.names(request.caller()), tool), cluster);
  }

  private Reply run(Request request, Tool tool, String cluster) {
    return switch (tool) {
      case ReadTool<?> read -> read(request, read, cluster);
      case PolicyTool<?> policy -> tell(request, policy, cluster);
      case WriteTool<?> write -> write(request, write, cluster);
    };
  }

  private <A> Reply tell(Request request, PolicyTool<A> tool, String cluster) {
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
          CallTime.within(() ->
              tool.answer(
                  arguments, desk(cluster, request.caller()), answerBytes(loaded, cluster)));
    };
  }

  private <A> Reply read(Request request, ReadTool<A> tool, String cluster) {
    Loaded loaded = policies.get();
    if (!exists(tool, loaded)) {
      return Replies.refused(notEnabled(tool.name()));
    }
    CallerRights rights = rights(request.caller(), loaded);
    Optional<Denial> refusal = rights.refusal(tool);
    if (refusal.isPresent()) {
      return Replies.refused(refusal.get());
    }
    return switch (tool.input().bind(Addressed.received(request.arguments(), cluster))) {
      case Bound.Invalid<A>(String message) -> Replies.refused(badArguments(message));
      case Bound.Ready<A>(A arguments) -> {
        ClusterDesk desk = desks.at(cluster, request.caller());
        String digest = lastGood(loaded).map(Policy::digest).orElse("");
        yield shared(
            new Question(request.caller(), digest, tool.name(), request.arguments()),
            () ->
                tool.read(arguments, rights.over(desk.view().get()), answerBytes(loaded, cluster)));
      }
    };
  }

  /// Together with those who ask the same now.
  private Reply shared(Question question, Supplier<Reply> read) {
    try {
      return shared.answer(question, () -> within(read));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Replies.refused(Denial.of(Reason.CANCELLED, "The call was cancelled.", "Call again."));
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
  private <A> Reply write(Request request, WriteTool<A> tool, String cluster) {
    return switch (tool.input().bind(request.arguments())) {
      case Bound.Invalid<A>(String message) -> Replies.refused(badArguments(message));
      case Bound.Ready<A>(A arguments) ->
          writes.run(
              request,
              desks.at(cluster, request.caller()),
              tool.name(),
              tool.changeClass(),
              tool.plan(arguments));
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

  private int answerBytes(Loaded loaded, String cluster) {
    int all = lastGood(loaded).map(Policy::answerBytes).orElse(DEFAULT_ANSWER_BYTES);
    return cluster.isEmpty() ? all : all - Addressed.bytes(cluster);
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
