/// What is supposed to be happening around a target, as facts that the cluster's side hands in.
@NullMarked
package io.github.kubewicket.policy.context;

import org.jspecify.annotations.NullMarked;
