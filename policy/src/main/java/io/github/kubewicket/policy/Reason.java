package io.github.kubewicket.policy;

/// The closed set of codes with which Kubewicket says no. Agents may branch on them; a code is
/// never reused for another meaning.
public enum Reason {
  /// The arguments do not fit the tool's schema, or contradict each other.
  BAD_ARGS(false, false),
  /// No such tool, or a write tool that no rule enables.
  TOOL_NOT_ENABLED(false, false),
  /// The cluster serves no kind of that name.
  UNKNOWN_KIND(false, false),
  /// The object does not exist.
  NOT_FOUND(false, false),
  /// Kubernetes refused the server's own credentials this verb.
  FORBIDDEN(false, false),
  /// The cluster cannot be reached, or its credentials are missing or expired.
  CLUSTER_UNAVAILABLE(true, false),
  /// The API server answered with an error that is neither of the above.
  CLUSTER_ERROR(true, false),
  /// The call ran out of its time.
  TIMEOUT(true, false),
  /// The caller cancelled the call.
  CANCELLED(true, false),
  /// This kind cannot be changed by this tool at all.
  HARD_DENY(false, false),
  /// The object is protected by a label.
  PROTECTED_OBJECT(false, false),
  /// No rule speaks about this change, and no match is no.
  NO_RULE(false, false),
  /// The rule that matches says never.
  TIER_NEVER(false, false),
  /// `tools.yaml` does not load, or is missing: nothing may be written until it is mended.
  POLICY_INVALID(false, false),
  /// Writes are paused, with a reason.
  PAUSED(true, false),
  /// This caller was refused so often that it is frozen until a person releases it.
  CALLER_FROZEN(false, false),
  /// `callers` in `tools.yaml` leave this caller without this tool, cluster or namespace, or with
  /// less than the tier it needs.
  CALLER_NOT_ALLOWED(false, false),
  /// The caller's credential is not good for this: it lacks a scope.
  SCOPE_MISSING(false, false),
  /// The namespace lies outside of what may be changed at all.
  OUT_OF_SCOPE(false, false),
  /// A requirement of the rule is not true.
  PRECONDITION_FALSE(true, false),
  /// A requirement of the rule could not be evaluated, which counts as no.
  PRECONDITION_UNKNOWN(true, false),
  /// A requirement holds, but was not seen to hold for long enough.
  PRECONDITION_NOT_SUSTAINED(true, false),
  /// The rule only records what it would have done, until it is old enough and has spoken often
  /// enough.
  RULE_IN_SHADOW(false, false),
  /// The rule only suggests.
  SUGGESTED(false, false),
  /// A window is closed, or none that has to be open is.
  WINDOW_CLOSED(true, false),
  /// A calendar could not be read, or is too old, which counts as closed.
  CALENDAR_UNAVAILABLE(true, false),
  /// What is supposed to be happening around the target could not be seen, which counts as no.
  CONTEXT_UNKNOWN(true, false),
  /// A backup is running.
  BACKUP_RUNNING(true, false),
  /// A backup is due, or not long over.
  BACKUP_PREDICTED(true, false),
  /// A rollout is under way.
  DEPLOY_IN_PROGRESS(true, false),
  /// A security incident is open.
  SECURITY_INCIDENT(false, false),
  /// The namespace is production, or does not say that it is not.
  PRODUCTION(false, true),
  /// The workload keeps state.
  STATEFUL(false, true),
  /// It would grow the workload by more than may be done without a person.
  BLAST_SCALE_PERCENT(false, true),
  /// It asks for more replicas than anybody may.
  BLAST_SCALE_ABS(false, false),
  /// The caller acts on another workload in this incident already.
  BLAST_MULTI_WORKLOAD(true, true),
  /// It would take away the only replica.
  LAST_REPLICA(false, true),
  /// A workload that keeps state may not be made smaller, unless a rule names its kind.
  STATEFUL_SCALE_DOWN(false, false),
  /// An autoscaler owns the number of replicas, and would undo it.
  AUTOSCALER_OWNED(false, false),
  /// A GitOps controller owns the manifest, and would undo it.
  GITOPS_OWNED(false, false),
  /// So many workloads of the namespace are not well that the cause lies elsewhere.
  STORM(true, false),
  /// The agent has tried often enough; a person decides.
  ESCALATED(false, true),
  /// Nothing like it was ever approved and verified.
  NOVEL(false, true),
  /// The workload lacks what Kubernetes needs to heal it by itself.
  NATIVE_HEALING_MISSING(false, true),
  /// People cannot be told, so one has to approve.
  NOTIFIER_DOWN(true, true),
  /// It is announced and held back; somebody may object.
  VETO_PENDING(true, false),
  /// Somebody objected.
  VETOED(false, false),
  /// Not enough people have approved it yet.
  QUORUM_MISSING(true, true),
  /// A person rejected the same a short while ago.
  RECENTLY_REJECTED(true, false),
  /// The tool's budget is used up.
  RATE_TOOL(true, false),
  /// This pod was restarted within its budget's window, or is younger than that.
  COOLDOWN_POD(true, false),
  /// This workload was acted on within its budget's window.
  COOLDOWN_WORKLOAD(true, false),
  /// The namespace's budget is used up.
  RATE_NAMESPACE(true, false),
  /// The cluster's budget is used up.
  RATE_CLUSTER(true, false),
  /// The caller's budget is used up.
  RATE_CALLER(true, false),
  /// Too many requests of this caller wait for a person already.
  TOO_MANY_PENDING(true, false),
  /// Another change on the same target is under way.
  LOCKED(true, false),
  /// A PodDisruptionBudget allows no disruption now.
  PDB_BLOCKED(true, false),
  /// The change would do nothing: the object is already as asked for.
  NO_CHANGE(false, false),
  /// The API server refused the dry run.
  DRYRUN_FAILED(false, false),
  /// A person has to approve this change first.
  APPROVAL_REQUIRED(true, true),
  /// No such request or no such approval.
  APPROVAL_UNKNOWN(false, true),
  /// The token is not one: malformed, wrong algorithm, unknown key or bad signature.
  APPROVAL_INVALID(false, true),
  /// The request or its approval ran out of time.
  APPROVAL_EXPIRED(false, true),
  /// The approval has been used; it is good for one act.
  APPROVAL_CONSUMED(false, true),
  /// A person rejected the request.
  APPROVAL_REJECTED(false, false),
  /// The approval was taken back.
  APPROVAL_REVOKED(false, true),
  /// The approval was given for another change: tool, arguments, requester or target differ.
  DIGEST_MISMATCH(false, true),
  /// The target changed since a person looked at it.
  TARGET_CHANGED(false, true),
  /// `tools.yaml` changed since the approval was given.
  POLICY_CHANGED(false, true),
  /// The requester cannot approve its own request.
  SELF_APPROVAL(false, true),
  /// The ledger cannot be read or written: no entry, no act.
  AUDIT_UNAVAILABLE(true, false),
  /// Something in Kubewicket failed; it denied.
  INTERNAL(true, false);

  private final boolean retryable;
  private final boolean approvable;

  Reason(boolean retryable, boolean approvable) {
    this.retryable = retryable;
    this.approvable = approvable;
  }

  /// Whether the same call may succeed later.
  public boolean retryable() {
    return retryable;
  }

  /// Whether a person's approval could let a (new) request through.
  public boolean approvable() {
    return approvable;
  }
}
