/// What `tools.yaml` says about the guardrails, and what holds where it is silent.
@NullMarked
package io.github.kubewicket.policy.settings;

import org.jspecify.annotations.NullMarked;
