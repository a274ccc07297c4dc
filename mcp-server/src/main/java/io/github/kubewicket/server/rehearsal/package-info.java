/// Rehearsals of a policy: cases in a file beside it, played against an in-memory cluster, a clock
/// that stands where the case puts it and a ledger of their own.
@NullMarked
package io.github.kubewicket.server.rehearsal;

import org.jspecify.annotations.NullMarked;
