/// The guardrails, one class each, and the order in which they are asked.
@NullMarked
package io.github.kubewicket.policy.guard;

import org.jspecify.annotations.NullMarked;
