/// Conditions in CEL: compiled when the policy loads, and no to whatever is not true.
@NullMarked
package io.github.kubewicket.policy.condition;

import org.jspecify.annotations.NullMarked;
