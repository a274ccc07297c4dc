package io.github.kubewicket.server.command;

import io.github.kubewicket.server.cluster.Permissions;
import io.github.kubewicket.server.cluster.Untrusted;
import io.github.kubewicket.server.rbac.CallerNeeds;
import io.github.kubewicket.server.rbac.Needs;
import io.github.kubewicket.server.tools.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares what a policy needs with what Kubernetes lets the server's account do. Too little is a
/// failure where a rule needs it; too much is a warning where it can write.
final class RightsExam {
  private static final String SUBJECT = "permissions";
  private static final String APPLY = "; apply what `kubewicket policy rbac` prints.";
  private static final int SHOWN = 8;

  /// Verbs that change nothing.
  private static final Set<String> READING = Set.of("get", "list", "watch");

  /// Where an account that is too strong shows first, besides where rules act.
  private static final Set<String> ELSEWHERE = Set.of("default", "kube-system");

  private final Account account;
  private final Set<String> served;

  /// The server's account.
  interface Account {
    /// Whether it may do this; the namespace is empty for all namespaces.
    boolean may(Right right, String namespace);

    /// Whether it may do this to one user or group, or to all of them.
    boolean may(CallerNeeds.Named named);

    /// All that it may do in this namespace.
    List<Permissions.Allowed> all(String namespace);
  }

  /// An exam of this account.
  ///
  /// @param served what the cluster serves, as `resource.group`; rights on other things are not
  ///   missed
  RightsExam(Account account, Set<String> served) {
    this.account = account;
    this.served = Set.copyOf(served);
  }

  /// What is missing, and what is too much.
  List<Finding> of(Needs needs, CallerNeeds ofCallers) {
    List<Finding> findings = new ArrayList<>();
    reads(needs, findings);
    context(needs, findings);
    writes(needs, findings);
    callers(ofCallers, findings);
    for (String kind : needs.unlocated()) {
      findings.add(
          Finding.warn(
              SUBJECT,
              "a rule names the kind "
                  + kind
                  + "; whether the account may scale it was not looked at."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(SUBJECT, "the account may do all that tools.yaml needs."));
    }
    excess(needs, ofCallers, findings);
    return findings;
  }

  private void reads(Needs needs, List<Finding> findings) {
    Set<Right> missing = missing(needs.reads(), "");
    if (!missing.isEmpty()) {
      findings.add(
          Finding.warn(
              SUBJECT,
              "read tools will say FORBIDDEN at times: the account may not "
                  + words(missing)
                  + " in all namespaces"
                  + APPLY));
    }
  }

  private void context(Needs needs, List<Finding> findings) {
    if (needs.grants().isEmpty()) {
      return;
    }
    Set<Right> missing = missing(needs.context(), "");
    if (!missing.isEmpty()) {
      findings.add(
          Finding.fail(
              SUBJECT,
              "guardrails cannot see what they have to, and what they cannot see is a no: the account may not "
                  + words(missing)
                  + " in all namespaces"
                  + APPLY));
    }
  }

  private void writes(Needs needs, List<Finding> findings) {
    needs
        .grants()
        .forEach((place, grant) -> {
          boolean pattern = place.endsWith("*");
          Set<Right> missing = missing(grant.rights(), pattern ? "" : place);
          if (missing.isEmpty()) {
            return;
          }
          String rules = String.join(", ", grant.rules());
          findings.add(
              pattern && !place.equals("*")
                  ? Finding.warn(
                      SUBJECT,
                      "the account may not "
                          + words(missing)
                          + " in all namespaces; rules for "
                          + place
                          + " ("
                          + rules
                          + ") work only where a RoleBinding gives it.")
                  : Finding.fail(
                      SUBJECT,
                      "the account may not "
                          + words(missing)
                          + (pattern ? " in all namespaces" : " in " + place)
                          + ", which is needed for "
                          + rules
                          + APPLY));
        });
  }

  private void callers(CallerNeeds needs, List<Finding> findings) {
    List<String> missing =
        needs.rights().stream()
            .filter(named -> !account.may(named))
            .map(named -> Untrusted.line(named.words(), 200))
            .toList();
    if (!missing.isEmpty()) {
      findings.add(
          Finding.fail(
              SUBJECT,
              "callers whom http.serviceAccounts or callers[].impersonate is about are turned away: the account may not "
                  + String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())))
                  + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "")
                  + APPLY));
    }
  }

  private Set<Right> missing(Collection<Right> rights, String namespace) {
    SortedSet<Right> missing = new TreeSet<>();
    for (Right right : rights) {
      String resource = right.resource().split("/", 2)[0];
      if (served.contains(resource + "." + right.group()) && !account.may(right, namespace)) {
        missing.add(right);
      }
    }
    return missing;
  }

  private void excess(Needs needs, CallerNeeds ofCallers, List<Finding> findings) {
    if (account.may(new Right("*", "*", "*"), "")) {
      // Said once, elsewhere; a list of everything would say no more.
      return;
    }
    SortedSet<String> places = new TreeSet<>(ELSEWHERE);
    needs.grants().keySet().stream().filter(place -> !place.endsWith("*")).forEach(places::add);
    for (String place : places) {
      SortedSet<Right> needed = new TreeSet<>(needs.everywhere().rights());
      if (needs.grants().containsKey(place)) {
        needed.addAll(needs.grants().get(place).rights());
      }
      ofCallers.rights().forEach(named -> needed.add(named.right()));
      SortedSet<Right> excess = new TreeSet<>();
      for (Permissions.Allowed allowed : account.all(place)) {
        excess.addAll(writing(allowed));
      }
      excess.removeAll(needed);
      if (!excess.isEmpty()) {
        findings.add(
            Finding.warn(
                SUBJECT,
                "the account may also "
                    + words(excess)
                    + " in "
                    + place
                    + ", which no rule needs; bind it to no more than what `kubewicket policy rbac` prints."));
      }
    }
  }

  private static Set<Right> writing(Permissions.Allowed allowed) {
    SortedSet<Right> writing = new TreeSet<>();
    for (String resource : allowed.resources()) {
      // Everybody may ask what they may do.
      if (resource.startsWith("selfsubject")) {
        continue;
      }
      for (String group : allowed.groups()) {
        for (String verb : allowed.verbs()) {
          if (!READING.contains(verb)) {
            writing.add(new Right(verb, group, resource));
          }
        }
      }
    }
    return writing;
  }

  /// As people read it, such as `get/list nodes, patch deployments.apps`.
  private static String words(Set<Right> rights) {
    SequencedMap<String, List<String>> verbs = new LinkedHashMap<>();
    for (Right right : rights) {
      verbs.computeIfAbsent(right.what(), _ -> new ArrayList<>()).add(right.verb());
    }
    String first =
        verbs.entrySet().stream()
            .limit(SHOWN)
            .map(entry -> String.join("/", entry.getValue()) + " " + entry.getKey())
            .map(text -> Untrusted.line(text, 200))
            .collect(Collectors.joining(", "));
    return verbs.size() > SHOWN ? first + " and " + (verbs.size() - SHOWN) + " more" : first;
  }
}
