/// Reads what is supposed to be happening around a target, from the live cluster.
@NullMarked
package io.github.kubewicket.server.context;

import org.jspecify.annotations.NullMarked;
