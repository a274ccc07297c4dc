package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;

/// The login that is found where kubectl looks for one.
///
/// @param where the place
record LocatedLogin(ClusterLocation where) implements LoginSource {
  private static final int PLUGIN_MILLIS = 6_000;

  @Override
  public Login read(Deadline deadline) {
    Login login = find(deadline);
    return login.proxied(Proxies.of(login.server(), where.environment()));
  }

  private Login find(Deadline deadline) {
    List<Path> files = where.files();
    if (!files.isEmpty()) {
      Duration limit = Duration.ofMillis(Math.min(PLUGIN_MILLIS, deadline.millisLeft()));
      return Kubeconfig.read(files, where.context(), new ExecPlugin(limit));
    }
    if (where.namesAFile()) {
      throw new ClusterException(
          Reason.CLUSTER_UNAVAILABLE,
          "The kubeconfig "
              + String.join(", ", where.candidates().stream().map(Path::toString).toList())
              + " does not exist.",
          "Name an existing file with --kubeconfig or $KUBECONFIG.");
    }
    return ServiceAccount.read(where.environment())
        .orElseThrow(() ->
            new ClusterException(
                Reason.CLUSTER_UNAVAILABLE,
                "There is no kubeconfig: neither --kubeconfig nor $KUBECONFIG is given, and "
                    + where.candidates().getFirst()
                    + " does not exist.",
                "Log in to a cluster, name a file with --kubeconfig, or try"
                    + " `kubewicket serve --demo`."));
  }

  @Override
  public String mark() {
    StringJoiner marks = new StringJoiner("\n");
    for (Path file : where.candidates()) {
      try {
        marks.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
      } catch (IOException e) {
        marks.add(file + " absent");
      }
    }
    return marks.toString();
  }
}
