/// Ed25519 keys and the private files that hold them; shared by the ledger's checkpoints and by the
/// approvers.
@NullMarked
package io.github.kubewicket.policy.key;

import org.jspecify.annotations.NullMarked;
