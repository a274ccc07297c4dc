package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Checked;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Examines `tools.yaml`.
final class PolicyExam {
  private static final String SUBJECT = "policy";

  private PolicyExam() {}

  static List<Finding> of(Places places, PolicyFile loader) {
    if (places.config().isEmpty()) {
      return List.of(
          Finding.ok(
              SUBJECT, "no tools.yaml, so every read tool and no write; name one with --config."));
    }
    Path file = places.config().get();
    Checked checked = loader.check(file);
    List<Finding> findings = new ArrayList<>();
    switch (checked.loaded()) {
      case Loaded.Invalid(var problems) ->
          problems.forEach(problem -> findings.add(Finding.fail(SUBJECT, problem.toString())));
      case Loaded.Valid(Policy policy) ->
          findings.add(
              Finding.ok(
                  SUBJECT,
                  file
                      + ": "
                      + policy.tools().size()
                      + " read tools, "
                      + policy.rules().size()
                      + " rules, "
                      + policy.approvers().size()
                      + " approvers."));
    }
    checked.warnings().forEach(warning -> findings.add(Finding.warn(SUBJECT, warning.toString())));
    if (othersMayWrite(file)) {
      findings.add(
          Finding.warn(
              SUBJECT,
              file
                  + " can be written by other users, who could give themselves rights; run chmod go-w."));
    }
    return findings;
  }

  private static boolean othersMayWrite(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
