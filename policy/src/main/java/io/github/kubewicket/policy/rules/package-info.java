/// Which rule speaks about a change, and what it says.
@NullMarked
package io.github.kubewicket.policy.rules;

import org.jspecify.annotations.NullMarked;
