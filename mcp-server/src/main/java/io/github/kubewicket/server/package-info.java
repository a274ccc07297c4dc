/// The server: its commands, and the one class that wires it.
@NullMarked
package io.github.kubewicket.server;

import org.jspecify.annotations.NullMarked;
