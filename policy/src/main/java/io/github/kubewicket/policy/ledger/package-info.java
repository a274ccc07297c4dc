/// Append-only, hash-chained entries with signed checkpoints: what was asked, decided, done and
/// found.
@NullMarked
package io.github.kubewicket.policy.ledger;

import org.jspecify.annotations.NullMarked;
