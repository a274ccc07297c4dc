/// Decisions as values: the gate and the words it speaks. Knows nothing of Kubernetes' API, MCP or
/// HTTP.
@NullMarked
package io.github.kubewicket.policy;

import org.jspecify.annotations.NullMarked;
