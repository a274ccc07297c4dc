/// The runbooks' patterns, as prompts that a person can pick.
@NullMarked
package io.github.kubewicket.server.prompt;

import org.jspecify.annotations.NullMarked;
