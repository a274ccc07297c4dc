/// What the server's own account has to be allowed in Kubernetes for a policy, and nothing more.
@NullMarked
package io.github.kubewicket.server.rbac;

import org.jspecify.annotations.NullMarked;
