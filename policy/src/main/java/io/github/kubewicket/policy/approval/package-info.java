/// Requests, the digest they bind, and the statements people sign over it.
@NullMarked
package io.github.kubewicket.policy.approval;

import org.jspecify.annotations.NullMarked;
