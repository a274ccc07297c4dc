package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.Tier;
import java.util.List;
import java.util.Optional;

/// What some callers may do at most, from `callers`. It only takes away: what it leaves is still up
/// to the rules.
///
/// @param match callers by name, or by group with `group:` before it, with at most one `*` at the
///   end
/// @param tools tools that they see, with at most one `*` at the end
/// @param clusters clusters that they see, likewise
/// @param namespaces namespaces that they see, likewise; where it is not `*`, nothing outside of a
///   namespace either
/// @param maxTier the most that a rule's tier comes to for them; [Tier#NEVER] for no writes at all
/// @param impersonation as whom Kubernetes is asked for them; empty for the server's own account
public record CallerTerms(
    List<String> match,
    List<String> tools,
    List<String> clusters,
    List<String> namespaces,
    Tier maxTier,
    Optional<Impersonation> impersonation) {
  /// How a match begins that is about a group.
  public static final String GROUP = "group:";

  /// The name that stands for all of them.
  public static final String ALL = "*";

  /// What holds for everybody where the file has no `callers`.
  public static final CallerTerms EVERYTHING =
      new CallerTerms(
          List.of(ALL), List.of(ALL), List.of(ALL), List.of(ALL), Tier.AUTO, Optional.empty());

  /// Copies the lists.
  public CallerTerms {
    match = List.copyOf(match);
    tools = List.copyOf(tools);
    clusters = List.copyOf(clusters);
    namespaces = List.copyOf(namespaces);
  }

  /// Whether they speak of this caller.
  public boolean speakOf(Caller caller) {
    return match.stream()
        .anyMatch(pattern ->
            pattern.startsWith(GROUP)
                ? caller.groups().stream()
                    .anyMatch(group -> NamePatterns.fits(pattern.substring(GROUP.length()), group))
                : NamePatterns.fits(pattern, caller.name()));
  }

  /// Whether they leave this tool.
  public boolean allowsTool(String tool) {
    return NamePatterns.anyFits(tools, tool);
  }

  /// Whether they leave this cluster.
  public boolean allowsCluster(String cluster) {
    return NamePatterns.anyFits(clusters, cluster);
  }

  /// Whether they leave this namespace; what lies in none has the name `""`.
  public boolean allowsNamespace(String namespace) {
    return allowsEveryNamespace()
        || (!namespace.isEmpty() && NamePatterns.anyFits(namespaces, namespace));
  }

  /// Whether they leave every namespace, and what lies in none.
  public boolean allowsEveryNamespace() {
    return namespaces.contains(ALL);
  }
}
