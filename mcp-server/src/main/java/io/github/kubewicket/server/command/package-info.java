/// The commands of `kubewicket`.
@NullMarked
package io.github.kubewicket.server.command;

import org.jspecify.annotations.NullMarked;
