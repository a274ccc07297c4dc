package io.github.kubewicket.policy.ledger;

import java.util.List;

/// What an audit found.
///
/// @param entries how many entries could be read
/// @param checkpoints how many checkpoints could be read
/// @param head the last entry's hash, 64 hex digits; 64 zeros where there is none
/// @param findings what is wrong, in the order in which it was found, at most 200; empty where the
///   ledger is whole
/// @param omitted how many findings there were beyond those
public record AuditReport(
    long entries, long checkpoints, String head, List<Finding> findings, long omitted) {
  /// Copies the findings.
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /// Whether nothing is wrong.
  public boolean whole() {
    return findings.isEmpty();
  }
}
