/// Budgets: exact sliding windows counted over the ledger.
@NullMarked
package io.github.kubewicket.policy.limit;

import org.jspecify.annotations.NullMarked;
