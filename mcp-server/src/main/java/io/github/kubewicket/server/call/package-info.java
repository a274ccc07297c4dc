/// The one direction that a call takes, and the reply it ends in.
@NullMarked
package io.github.kubewicket.server.call;

import org.jspecify.annotations.NullMarked;
