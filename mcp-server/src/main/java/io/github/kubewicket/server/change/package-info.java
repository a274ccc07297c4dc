/// One change: its plan, preview, verification and way back.
@NullMarked
package io.github.kubewicket.server.change;

import org.jspecify.annotations.NullMarked;
