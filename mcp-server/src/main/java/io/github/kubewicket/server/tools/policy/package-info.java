/// Tools that tell what the gate would say.
@NullMarked
package io.github.kubewicket.server.tools.policy;

import org.jspecify.annotations.NullMarked;
