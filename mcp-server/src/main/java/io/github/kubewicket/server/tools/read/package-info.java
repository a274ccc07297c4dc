/// Tools that look and change nothing.
@NullMarked
package io.github.kubewicket.server.tools.read;

import org.jspecify.annotations.NullMarked;
