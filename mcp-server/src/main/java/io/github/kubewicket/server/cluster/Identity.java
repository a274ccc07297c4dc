package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.settings.Impersonation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// As whom Kubernetes is asked on a caller's behalf: a user, its groups, and the id of the request
/// for Kubernetes' own audit log. Everything in it is printable ASCII, since it becomes headers
/// (see
/// <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation>).
///
/// @param user 1 to 256 characters, without blanks at its ends, no `system:` user
/// @param groups at most 100, each as `user` is
/// @param requestId at most 128 characters; empty for none
public record Identity(String user, List<String> groups, String requestId) {
  private static final int LONGEST = 256;
  private static final int LONGEST_ID = 128;
  private static final int MOST_GROUPS = 100;
  private static final int MOST_BYTES = 8_192;

  /// Refuses what could become another header, or another user than it looks like.
  ///
  /// @throws ClusterException `FORBIDDEN`, saying what cannot be impersonated
  public Identity {
    groups = List.copyOf(groups);
    check("user", user);
    groups.forEach(group -> check("group", group));
    int bytes = user.length() + groups.stream().mapToInt(String::length).sum();
    if (groups.size() > MOST_GROUPS || bytes > MOST_BYTES) {
      throw refused("Its groups are more than 100, or too long together");
    }
    if (requestId.length() > LONGEST_ID) {
      throw new IllegalArgumentException("A request id has at most 128 characters.");
    }
  }

  /// What the templates make of a caller.
  ///
  /// @throws ClusterException `FORBIDDEN` where that is nobody who can be impersonated
  public static Identity of(Impersonation as, Caller caller, String requestId) {
    return new Identity(as.userOf(caller), as.groupsOf(caller), requestId);
  }

  /// Who it is, whatever the request: what is remembered for one account is never shown to another.
  record Account(String user, List<String> groups) {}

  Account account() {
    return new Account(user, groups);
  }

  /// One header; names may come twice.
  record Header(String name, String value) {}

  /// The headers that say so to the API server.
  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Impersonate-User", user));
    groups.forEach(group -> headers.add(new Header("Impersonate-Group", group)));
    if (!requestId.isEmpty()) {
      headers.add(new Header("Impersonate-Extra-kubewicket.dev%2frequest-id", encoded(requestId)));
    }
    return headers;
  }

  private static void check(String what, String value) {
    boolean printable = value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    if (value.isEmpty() || value.length() > LONGEST || !printable || !value.equals(value.strip())) {
      throw refused(
          "The "
              + what
              + " has to be 1 to 256 printable ASCII characters without blanks at its ends");
    }
    if (value.toLowerCase(Locale.ROOT).startsWith("system:")) {
      throw refused("The " + what + " " + value + " is one of Kubernetes' own");
    }
  }

  private static ClusterException refused(String why) {
    return new ClusterException(
        Reason.FORBIDDEN,
        "Kubernetes cannot be asked on this caller's behalf: " + why + ".",
        "Ask an operator to look at callers[].impersonate in tools.yaml.");
  }

  /// Percent-encoded where it is not a letter, a digit or one of `-._~`.
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '.'
              || b == '_'
              || b == '~';
      encoded.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
    }
    return encoded.toString();
  }
}
