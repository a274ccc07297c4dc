/// One spelling for one value: canonical JSON and its digests.
@NullMarked
package io.github.kubewicket.policy.canonical;

import org.jspecify.annotations.NullMarked;
